package io.github.llm4j.trainers.run;

import io.github.llm4j.trainers.loop.TrainingResult;
import java.nio.file.Path;

/**
 * How a run ended.
 *
 * @param folder where it is kept
 * @param training how its training ended
 */
public record RunResult(Path folder, TrainingResult training) {}

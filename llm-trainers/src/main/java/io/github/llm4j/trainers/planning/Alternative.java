package io.github.llm4j.trainers.planning;

import java.util.List;

/**
 * The same run with something set otherwise.
 *
 * @param overrides what is set, as {@code trainer.batch.micro=4}
 * @param plan what it costs then
 * @param fits whether the machine has the memory
 */
public record Alternative(List<String> overrides, RunPlan plan, boolean fits) {}

package io.github.llm4j.trainers.run;

import io.github.llm4j.trainers.loop.TrainingListener;
import java.nio.file.Path;

/** Sees how a run goes; called on the thread that runs it. */
public interface RunListener extends TrainingListener {

  /**
   * A text is being tokenized; not called for one that was before.
   *
   * @param text which
   * @param done bytes that are
   * @param total all bytes
   */
  default void tokenizing(Path text, long done, long total) {}

  /** All is ready and the first step comes next. */
  default void started(RunFacts facts) {}

  /** Weights have been written. */
  default void saved(Path file) {}
}

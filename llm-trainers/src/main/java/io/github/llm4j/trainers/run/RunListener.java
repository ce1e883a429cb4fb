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

  /** The run goes on behind this step; not called for one that begins. */
  default void resumed(long step, Path checkpoint) {}

  /** A checkpoint has been written. */
  default void saved(Path checkpoint) {}

  /** Something went wrong that doesn't end the run: a sentence or two. */
  default void warning(String text) {}
}

package io.github.llm4j.trainers.run;

import io.github.llm4j.trainers.loop.TrainingListener;
import java.nio.file.Path;

/** Sees how a run goes; called on the thread that runs it. */
public interface RunListener extends TrainingListener {

  /**
   * The tokenizer is being learned; not called for one that was before.
   *
   * @param unit what is counted, in the plural, as {@code merges}
   * @param done how many are done
   * @param total how many there will be; 0 if nobody knows
   */
  default void learning(String unit, long done, long total) {}

  /**
   * The tokenizer is there; not called for one that learns nothing.
   *
   * @param vocabSize its ids (V)
   * @param before whether it had been learned before, from the same texts
   * @param seconds how long that took
   */
  default void learned(int vocabSize, boolean before, double seconds) {}

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

  /** The model has written a text; comes behind the evaluation that it belongs to. */
  default void sampled(SampleReport sample) {}

  /** A checkpoint has been written. */
  default void saved(Path checkpoint) {}

  /** Something went wrong that doesn't end the run: a sentence or two. */
  default void warning(String text) {}
}

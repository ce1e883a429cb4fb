package io.github.llm4j.trainers.run;

import java.nio.file.Path;

/**
 * What a command says of a run beside its config.
 *
 * @param runs folder of all runs; tokenized texts are kept in it too
 * @param earlier what is done with an earlier run of the same name
 */
public record RunOptions(Path runs, Earlier earlier) {

  /** What is done with an earlier run of the same name. */
  public enum Earlier {
    /** It stays, and this one is refused. */
    KEEP,
    /** This one goes on where it stopped; without one, it begins. */
    RESUME,
    /** It is thrown away. */
    OVERWRITE
  }

  /** Runs in {@code runs} of the current folder; an earlier one stays. */
  public static RunOptions standard() {
    return new RunOptions(Path.of("runs"), Earlier.KEEP);
  }
}

package io.github.llm4j.trainers.run;

import java.nio.file.Path;

/**
 * What a command says of a run beside its config.
 *
 * @param runs folder of all runs; tokenized texts are kept in it too
 * @param overwrite whether a run of the same name is thrown away
 */
public record RunOptions(Path runs, boolean overwrite) {

  /** Runs in {@code runs} of the current folder; none is thrown away. */
  public static RunOptions standard() {
    return new RunOptions(Path.of("runs"), false);
  }
}

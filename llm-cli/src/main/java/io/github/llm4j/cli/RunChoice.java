package io.github.llm4j.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/**
 * The options of all commands that take a run's config: what is set over it, and where runs are.
 */
final class RunChoice {
  @Option(
      names = "-D",
      paramLabel = "KEY=VALUE",
      description = "Sets a key over the config; may be given again.")
  private List<String> overrides = new ArrayList<>();

  @Option(
      names = "--runs",
      paramLabel = "DIR",
      defaultValue = "runs",
      description = "Folder of all runs and of what they learn (default ${DEFAULT-VALUE}).")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private Path runs;

  /** Made by picocli. */
  RunChoice() {}

  /** {@code key=value} over the config. */
  List<String> overrides() {
    return overrides;
  }

  /** Folder that a run's folder is made in, and learned tokenizers are kept in. */
  Path runs() {
    return runs;
  }
}

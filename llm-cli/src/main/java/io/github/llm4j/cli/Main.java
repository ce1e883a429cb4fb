package io.github.llm4j.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code llm} command. */
@Command(
    name = "llm",
    mixinStandardHelpOptions = true,
    version = "llm4j 0.1.0-SNAPSHOT",
    description = "Builds, trains, runs and explains transformer language models.")
public final class Main {
  private Main() {}

  /**
   * Runs one command and exits with its code.
   *
   * @param args the command line's words
   */
  public static void main(String[] args) {
    System.exit(new CommandLine(new Main()).execute(args));
  }
}

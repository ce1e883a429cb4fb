package io.github.llm4j.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command above all others, with the options that all share. */
@Command(
    name = "llm",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    description = "Builds, trains, runs and explains transformer language models.",
    commandListHeading = "%nCommands:%n",
    footerHeading = "%n",
    footer = {
      "'llm COMMAND --help' says what a command takes.",
      "Exit codes: 0 fine, 2 your input, 3 plugin or environment, 4 memory or disk,",
      "5 a fault of llm4j, 130 interrupted."
    })
final class Llm {
  private boolean debug;

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Show stack traces, and log what is done on the way.")
  void debug(boolean on) {
    debug = on;
    if (on) {
      System.setProperty("llm4j.log", "DEBUG"); // logback.xml reads it at the first line logged
    }
  }

  boolean debug() {
    return debug;
  }
}

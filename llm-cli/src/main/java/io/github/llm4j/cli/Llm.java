package io.github.llm4j.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
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
      "'llm COMMAND --help' says what a command takes. Any takes --plugins=DIR: look",
      "for plugins there too (DIR/NAME/*.jar); 'llm plugins' says where else.",
      "Exit codes: 0 fine, 2 your input, 3 plugin or environment, 4 memory or disk,",
      "5 a fault of llm4j, 130 interrupted."
    })
final class Llm {
  /** The command line that is being run, for what all commands share. */
  private static final ScopedValue<CommandLine> CURRENT = ScopedValue.newInstance();

  private final List<Path> plugins = new ArrayList<>();
  private boolean debug;

  /** Runs a command line as the current one of this thread. */
  static int run(CommandLine line, String... args) {
    return ScopedValue.where(CURRENT, line).call(() -> line.execute(args));
  }

  /** Where warnings of the current command line go. */
  static PrintWriter err() {
    return CURRENT.get().getErr();
  }

  /** Folders with plugins that the current command line names. */
  static List<Path> plugins() {
    return ((Llm) CURRENT.get().getCommandSpec().userObject()).plugins;
  }

  // Hidden, since the footer says it once for all commands.
  @Option(names = "--plugins", scope = ScopeType.INHERIT, paramLabel = "DIR", hidden = true)
  void plugins(List<Path> folders) {
    plugins.clear();
    plugins.addAll(folders);
  }

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

package io.github.llm4j.cli;

import io.github.llm4j.trainers.planning.Architecture;
import io.github.llm4j.trainers.planning.LayerOps;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code llm show}: what a model consists of. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Shows a model's parts as a tree: shapes, parameters, and the config line of each.",
    footerHeading = "%n",
    footer = {
      "Examples:",
      "  llm show docs/examples/gpt-shakespeare.conf -D model.layers=12",
      "  llm show runs/gpt-shakespeare"
    })
public final class ShowCommand implements LlmCommand {
  private static final int STANDARD_WIDTH = 100;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Parameters(
      paramLabel = "CONF|RUN|MODEL",
      description = "A config, or the folder of a run or of a model, as a checkpoint is.")
  @SuppressWarnings("NullAway.Init")
  private Path path;

  @Mixin
  @SuppressWarnings("NullAway.Init")
  private RunChoice choice;

  @Option(
      names = "--width",
      paramLabel = "N",
      description = "Columns to print in; the terminal's, or 100.")
  private Optional<Integer> width = Optional.empty();

  @Option(names = "--ops", description = "List the ops of each part with the shapes of operands.")
  private boolean ops;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  /** Made by ServiceLoader. */
  public ShowCommand() {}

  @Override
  public Integer call() {
    Architecture shown =
        Architecture.open(path, choice.overrides(), choice.runs(), Components.registry());
    Optional<LayerOps> called = ops ? Optional.of(shown.ops()) : Optional.empty();
    PrintWriter out = spec.commandLine().getOut();
    out.print(
        json
            ? new ShowJson(shown, called).text()
            : new ShowText(shown, called, width.orElseGet(ShowCommand::columns)).text());
    return 0;
  }

  private static int columns() {
    String variable = System.getenv("COLUMNS");
    return variable == null ? STANDARD_WIDTH : LiveLine.columns(variable);
  }
}

package io.github.llm4j.cli;

import io.github.llm4j.runtime.config.Description;
import java.io.PrintWriter;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code llm describe}: what a config can name, and which keys it has. */
@Command(
    name = "describe",
    mixinStandardHelpOptions = true,
    description = "Says what a config can name: all kinds, a kind's types, or a type's keys.",
    footerHeading = "%n",
    footer = {"Examples:", "  llm describe layer", "  llm describe layer attention"})
public final class DescribeCommand implements LlmCommand {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "KIND",
      description = "Kind of component, as layer or optimizer.")
  private Optional<String> kind = Optional.empty();

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "TYPE",
      description = "A type of that kind, as attention.")
  private Optional<String> type = Optional.empty();

  /** Made by ServiceLoader. */
  public DescribeCommand() {}

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Description description = new Description(Components.registry());
    if (kind.isEmpty()) {
      out.print(description.all());
    } else if (type.isEmpty()) {
      out.print(description.kind(kind.get()));
    } else {
      out.print(description.component(kind.get(), type.get()));
    }
    return 0;
  }
}

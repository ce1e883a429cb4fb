package io.github.llm4j.cli;

import io.github.llm4j.trainers.report.RunDifference;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code llm diff}: what differs between two runs. */
@Command(
    name = "diff",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Says what differs between two runs: config, data, code, plugins, machine, and what was"
            + " measured.")
public final class DiffCommand implements LlmCommand {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "A", description = "Folder of a run.")
  @SuppressWarnings("NullAway.Init")
  private Path a;

  @Parameters(index = "1", paramLabel = "B", description = "Folder of another.")
  @SuppressWarnings("NullAway.Init")
  private Path b;

  @Option(names = "--json", description = "Print JSON, for programs.")
  private boolean json;

  /** Made by ServiceLoader. */
  public DiffCommand() {}

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    RunDifference difference = RunDifference.between(a, b);
    if (json) {
      out.println(difference.json());
    } else {
      print(out, difference);
    }
    return 0;
  }

  private void print(PrintWriter out, RunDifference difference) {
    out.println("A: " + a);
    out.println("B: " + b);
    List<String> same = new ArrayList<>();
    for (RunDifference.Section section : difference.sections()) {
      if (section.items().isEmpty()) {
        same.add(section.name());
        continue;
      }
      out.println();
      out.println(section.name());
      for (RunDifference.Item item : section.items()) {
        print(out, item);
      }
    }
    if (!same.isEmpty()) {
      out.println();
      out.println("The same: " + String.join(", ", same) + ".");
    }
  }

  private static void print(PrintWriter out, RunDifference.Item item) {
    if (item.a().value().equals(item.b().value())) {
      out.println("  %s: %s in both".formatted(item.what(), item.a().value()));
      return;
    }
    out.println("  " + item.what());
    out.println("    A  " + side(item.a()));
    out.println("    B  " + side(item.b()));
  }

  private static String side(RunDifference.Side side) {
    return side.origin().isEmpty()
        ? side.value()
        : "%s  (%s)".formatted(side.value(), side.origin());
  }
}

package io.github.llm4j.cli;

import io.github.llm4j.trainers.report.RunState;
import io.github.llm4j.trainers.run.RunSummary;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code llm runs}: which runs there are, and how they stand. */
@Command(
    name = "runs",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Lists runs with their state and figures, the newest first.")
public final class RunsCommand implements LlmCommand {
  private static final String UNKNOWN = "-";

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Parameters(
      paramLabel = "DIR",
      arity = "0..1",
      defaultValue = "runs",
      description = "Folder of runs, or of one (default ${DEFAULT-VALUE}).")
  @SuppressWarnings("NullAway.Init")
  private Path folder;

  @Option(names = "--json", description = "Print JSON, for programs.")
  private boolean json;

  /** Made by ServiceLoader. */
  public RunsCommand() {}

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    List<RunSummary> runs =
        RunSummary.in(folder, problem -> spec.commandLine().getErr().println(problem));
    if (json) {
      out.println(RunSummary.json(runs));
    } else if (runs.isEmpty()) {
      out.println("No runs in %s. 'llm train CONF' makes one.".formatted(folder));
    } else {
      print(out, runs, LiveLine.columns(System.getenv("COLUMNS")));
    }
    return 0;
  }

  /** A table where it fits, else some lines a run. */
  static void print(PrintWriter out, List<RunSummary> runs, int width) {
    Columns table =
        new Columns(
            "run", "state", ">step", ">parameters", ">best loss", ">tokens/s", ">time", "begun");
    for (RunSummary run : runs) {
      table.row(
          run.name(),
          run.state().word(),
          steps(run, "/"),
          count(run.parameters()),
          number("%.4f", run.bestValidationLoss()),
          number("%.0f", run.tokensPerSecond()),
          Durations.text(run.seconds()),
          date(run));
    }
    if (table.width() <= width) {
      table.print(out);
      return;
    }
    for (RunSummary run : runs) {
      out.println(run.name() + ": " + run.state().word());
      out.println("  step %s, %s".formatted(steps(run, " of "), date(run)));
      out.println(
          "  best loss %s, %s parameters"
              .formatted(number("%.4f", run.bestValidationLoss()), count(run.parameters())));
      out.println(
          "  %s tokens/s, %s"
              .formatted(number("%.0f", run.tokensPerSecond()), Durations.text(run.seconds())));
    }
  }

  private static String steps(RunSummary run, String of) {
    return run.state() == RunState.FINISHED
        ? String.valueOf(run.step())
        : run.step() + of + run.steps();
  }

  private static String number(String format, @Nullable Double value) {
    return value == null ? UNKNOWN : String.format(Locale.ROOT, format, value);
  }

  private static String count(long parameters) {
    if (parameters < 10_000) {
      return String.valueOf(parameters);
    }
    double number = (double) parameters;
    return parameters < 1_000_000
        ? String.format(Locale.ROOT, "%.0f k", number / 1e3)
        : parameters < 1_000_000_000
            ? String.format(Locale.ROOT, "%.1f M", number / 1e6)
            : String.format(Locale.ROOT, "%.2f G", number / 1e9);
  }

  /** As {@code 2025-11-25 12:50}, in UTC. */
  private static String date(RunSummary run) {
    return run.started().replace('T', ' ').replaceFirst(":\\d\\dZ$", "");
  }
}

package io.github.llm4j.cli;

import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.runtime.config.ConfigSource;
import io.github.llm4j.tasks.generation.GenerationMemory;
import io.github.llm4j.trainers.planning.Alternative;
import io.github.llm4j.trainers.planning.Alternatives;
import io.github.llm4j.trainers.planning.ProbeReport;
import io.github.llm4j.trainers.planning.ProcessMemory;
import io.github.llm4j.trainers.planning.RunPlan;
import io.github.llm4j.trainers.planning.RunPlanner;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code llm plan}: what a run will cost. */
@Command(
    name = "plan",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Says what a run will cost before it begins: parameters, operations and bytes exactly, time"
          + " by a few steps on random ids. Trains nothing.",
      "Ends with 4 if the run needs more memory than there is."
    },
    footerHeading = "%n",
    footer = {
      "Examples:",
      "  llm plan docs/examples/gpt-shakespeare.conf",
      "  llm plan large.conf -D model.layers=48 --no-probe --memory 80g"
    })
public final class PlanCommand implements LlmCommand {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Parameters(paramLabel = "CONF", description = "Config of the run.")
  @SuppressWarnings("NullAway.Init")
  private Path conf;

  @Mixin
  @SuppressWarnings("NullAway.Init")
  private RunChoice choice;

  @Option(
      names = "--no-probe",
      description = "Run no steps: the model takes no memory and may be larger than the machine.")
  private boolean noProbe;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "5",
      description = "How long steps are run to see their time (default ${DEFAULT-VALUE}).")
  private double seconds;

  @Option(
      names = "--memory",
      paramLabel = "SIZE",
      description = "Plan for so much memory instead of this machine's, as 8g or 800m.")
  private Optional<String> memory = Optional.empty();

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  /** Made by ServiceLoader. */
  public PlanCommand() {}

  @Override
  public Integer call() {
    long limit = memory.map(ByteSizes::parse).orElseGet(ProcessMemory::limit);
    ConfigSource source = ConfigSource.file(conf).withOverrides(choice.overrides());
    try (RunPlanner planner =
        RunPlanner.open(
            source,
            Components.registry(),
            choice.runs(),
            model -> GenerationMemory.of(model).cacheBytes())) {
      RunPlan plan = planner.plan(List.of());
      boolean fits = plan.neededBytes() <= limit;
      List<Alternative> alternatives = Alternatives.of(planner, plan, limit);
      GenerationMemory generation = GenerationMemory.of(planner.model());
      boolean room = plan.neededBytes() <= Math.min(limit, ProcessMemory.available());
      Optional<ProbeReport> probe =
          room && !noProbe ? Optional.of(planner.probe(plan, seconds)) : Optional.empty();
      PlanReport report =
          new PlanReport(planner.backend(), plan, limit, generation, alternatives, !noProbe, probe);
      PrintWriter out = spec.commandLine().getOut();
      out.print(json ? new PlanJson(report).text() : new PlanText(report).text());
      return fits ? 0 : ErrorKind.RESOURCES.exitCode();
    }
  }
}

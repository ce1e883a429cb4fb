package io.github.llm4j.cli;

import io.github.llm4j.trainers.report.Report;
import io.github.llm4j.trainers.run.RunFolder;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code llm report}: writes a run's report anew. */
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    description = "Writes a run's report.html anew: curves, samples, config, plan, machine.")
public final class ReportCommand implements LlmCommand {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Parameters(paramLabel = "RUN", description = "Folder of the run.")
  @SuppressWarnings("NullAway.Init")
  private Path run;

  /** Made by ServiceLoader. */
  public ReportCommand() {}

  @Override
  public Integer call() throws IOException {
    Path written = Report.write(run, new RunFolder(run).state());
    spec.commandLine().getOut().println(written + " is written. Open it in a browser.");
    return 0;
  }
}

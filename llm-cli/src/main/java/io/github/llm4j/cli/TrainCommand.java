package io.github.llm4j.cli;

import io.github.llm4j.runtime.config.Bound;
import io.github.llm4j.runtime.config.ConfigSource;
import io.github.llm4j.runtime.plugin.Registry;
import io.github.llm4j.trainers.loop.TrainingResult;
import io.github.llm4j.trainers.run.Pretraining;
import io.github.llm4j.trainers.run.RunOptions;
import io.github.llm4j.trainers.run.RunResult;
import io.github.llm4j.trainers.run.RunSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code llm train}: trains what a config declares. */
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Trains the model that a config declares. Ctrl-C saves it and ends.",
    footerHeading = "%n",
    footer = {"Example:", "  llm train docs/examples/gpt-shakespeare.conf -D trainer.steps=500"})
public final class TrainCommand implements LlmCommand {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Parameters(paramLabel = "CONF", description = "Config of the run.")
  @SuppressWarnings("NullAway.Init")
  private Path conf;

  @Option(
      names = "-D",
      paramLabel = "KEY=VALUE",
      description = "Sets a key over the config; may be given again.")
  private List<String> overrides = new ArrayList<>();

  @Option(
      names = "--runs",
      paramLabel = "DIR",
      defaultValue = "runs",
      description = "Folder that the run's folder is made in (default ${DEFAULT-VALUE}).")
  @SuppressWarnings("NullAway.Init")
  private Path runs;

  @Option(names = "--overwrite", description = "Throw an earlier run of the same name away.")
  private boolean overwrite;

  /** Made by ServiceLoader. */
  public TrainCommand() {}

  @Override
  public Integer call() {
    ConfigSource source = ConfigSource.file(conf).withOverrides(overrides);
    Registry registry = Components.registry();
    Bound<RunSettings> bound = Pretraining.bind(source, registry);
    LiveLine line = LiveLine.of(spec.commandLine().getOut());
    Pretraining run =
        new Pretraining(
            bound, source, registry, new RunOptions(runs, overwrite), new TrainingProgress(line));
    AtomicBoolean stop = new AtomicBoolean();
    try (Interrupts interrupts = new Interrupts(() -> stop.set(true))) {
      RunResult result = run.run(stop::get);
      line.print(ended(result));
      return result.training().interrupted() ? interrupts.code() : 0;
    } finally {
      line.clear();
    }
  }

  private static String ended(RunResult result) {
    TrainingResult training = result.training();
    String best =
        training.bestValidationLoss().isPresent()
            ? String.format(
                Locale.ROOT,
                ", best validation loss %.4f",
                training.bestValidationLoss().getAsDouble())
            : "";
    return "%s after %d steps in %s%s. The run is in %s."
        .formatted(
            training.interrupted() ? "Interrupted" : "Done",
            training.steps(),
            Durations.text(training.seconds()),
            best,
            result.folder());
  }
}

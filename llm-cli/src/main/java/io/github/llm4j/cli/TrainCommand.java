package io.github.llm4j.cli;

import io.github.llm4j.api.component.ComponentSpec;
import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.api.layer.Assembly;
import io.github.llm4j.runtime.config.Bound;
import io.github.llm4j.runtime.config.ConfigSource;
import io.github.llm4j.runtime.folder.ModelFolder;
import io.github.llm4j.runtime.plugin.Registry;
import io.github.llm4j.tasks.generation.GenerationPreview;
import io.github.llm4j.trainers.loop.LoopState;
import io.github.llm4j.trainers.run.Pretraining;
import io.github.llm4j.trainers.run.RunFolder;
import io.github.llm4j.trainers.run.RunOptions;
import io.github.llm4j.trainers.run.RunResult;
import io.github.llm4j.trainers.run.RunSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

  @Parameters(
      paramLabel = "CONF",
      description = "Config of the run; with --resume, its folder does too.")
  @SuppressWarnings("NullAway.Init")
  private Path conf;

  @Mixin
  @SuppressWarnings("NullAway.Init")
  private RunChoice choice;

  @ArgGroup private @Nullable Earlier earlier;

  /** One of the two. */
  private static final class Earlier {
    @Option(
        names = "--resume",
        description = "Go on where an earlier run of the name stopped; begin if there is none.")
    private boolean resume;

    @Option(names = "--overwrite", description = "Throw an earlier run of the same name away.")
    private boolean overwrite;

    RunOptions.Earlier wanted() {
      return overwrite ? RunOptions.Earlier.OVERWRITE : RunOptions.Earlier.RESUME;
    }
  }

  /** Made by ServiceLoader. */
  public TrainCommand() {}

  @Override
  public Integer call() {
    boolean folder = earlier != null && earlier.resume && Files.isDirectory(conf);
    ConfigSource source =
        ConfigSource.file(folder ? new RunFolder(conf).config() : conf)
            .withOverrides(choice.overrides());
    Path parent = conf.toAbsolutePath().normalize().getParent();
    RunOptions options =
        new RunOptions(
            folder && parent != null ? parent : choice.runs(),
            earlier == null ? RunOptions.Earlier.KEEP : earlier.wanted());
    Registry registry = Components.registry();
    Bound<RunSettings> bound = Pretraining.bind(source, registry);
    if (folder) {
      checkName(bound.settings().name());
    }
    LiveLine line = LiveLine.of(spec.commandLine().getOut());
    Pretraining run =
        new Pretraining(
            bound,
            registry,
            options,
            new TrainingProgress(line),
            Optional.of(new GenerationPreview()));
    AtomicBoolean stop = new AtomicBoolean();
    try (Interrupts interrupts = new Interrupts(() -> stop.set(true))) {
      try {
        RunResult result = run.run(stop::get);
        line.print(ended(result) + kind(bound.settings().model()));
        return result.training().interrupted() ? interrupts.code() : 0;
      } catch (CancellationException e) {
        line.print("Interrupted before the first step. The same command begins again.");
        return interrupts.code();
      }
    } finally {
      line.clear();
    }
  }

  /** A run's folder bears its name: that of a copy would go on with the run it was copied from. */
  private void checkName(String name) {
    String found = String.valueOf(conf.toAbsolutePath().normalize().getFileName());
    if (!found.equals(name)) {
      throw new LlmException(
          ErrorKind.USER,
          "%s: the folder of run '%s' expected, found one called '%s'. Rename the folder, or the run (-D name=%s)."
              .formatted(conf, name, found, found));
    }
  }

  /** Who can open the run's checkpoints. */
  private static String kind(ComponentSpec<Assembly> architecture) {
    String type = ModelFolder.modelType(architecture);
    return type.equals(ModelFolder.OWN)
        ? " Other tools can't open its checkpoints: its architecture is of no family they know."
        : " Its checkpoints are %s models, which other tools open.".formatted(type);
  }

  private static String ended(RunResult result) {
    LoopState state = result.training().state();
    String best =
        state.best().isPresent()
            ? String.format(
                Locale.ROOT,
                ", best validation loss %.4f at step %d",
                state.best().getAsDouble(),
                state.bestStep())
            : "";
    String end =
        switch (result.training().end()) {
          case COMPLETE -> "Done";
          case EARLY -> "Ended early, because the validation loss has stopped falling,";
          case INTERRUPTED -> "Interrupted";
        };
    String more =
        result.training().interrupted() ? " Go on with the same command and --resume." : "";
    return "%s after %d steps in %s%s. The run is in %s.%s"
        .formatted(end, state.step(), Durations.text(state.seconds()), best, result.folder(), more);
  }
}

package io.github.llm4j.trainers.run;

import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.api.optimizer.Optimizer;
import io.github.llm4j.api.optimizer.OptimizerContext;
import io.github.llm4j.api.tokenizer.Tokenizer;
import io.github.llm4j.api.tokenizer.TokenizerProvider;
import io.github.llm4j.runtime.composition.Workplace;
import io.github.llm4j.runtime.config.Binder;
import io.github.llm4j.runtime.config.Bound;
import io.github.llm4j.runtime.config.ConfigSource;
import io.github.llm4j.runtime.model.Model;
import io.github.llm4j.runtime.model.ModelOptions;
import io.github.llm4j.runtime.plan.Ceiling;
import io.github.llm4j.runtime.plugin.Kind;
import io.github.llm4j.runtime.plugin.Registry;
import io.github.llm4j.trainers.checkpoint.Checkpoint;
import io.github.llm4j.trainers.checkpoint.TrainerState;
import io.github.llm4j.trainers.data.TextTokens;
import io.github.llm4j.trainers.data.TokenStore;
import io.github.llm4j.trainers.data.TrainingData;
import io.github.llm4j.trainers.loop.LoopState;
import io.github.llm4j.trainers.loop.Trainer;
import io.github.llm4j.trainers.loop.TrainerOptions;
import io.github.llm4j.trainers.loop.TrainingParts;
import io.github.llm4j.trainers.loop.TrainingResult;
import io.github.llm4j.trainers.objective.LanguageModeling;
import io.github.llm4j.trainers.run.RunOptions.Earlier;
import io.github.llm4j.trainers.schedule.Schedule;
import io.github.llm4j.trainers.schedule.ScheduleContext;
import io.github.llm4j.trainers.schedule.ScheduleProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;

/**
 * Trains a model from a config: tokenizer, data, model, loop, folder.
 *
 * <p>Threading: one thread.
 */
public final class Pretraining {
  private final Bound<RunSettings> bound;
  private final RunSettings settings;
  private final Registry registry;
  private final RunOptions options;
  private final RunListener listener;
  private final RunFolder folder;

  /**
   * A run that hasn't begun.
   *
   * @param bound its config
   * @param registry components that it can name: those of {@link #registry}
   */
  public Pretraining(
      Bound<RunSettings> bound, Registry registry, RunOptions options, RunListener listener) {
    this.bound = bound;
    this.settings = bound.settings();
    this.registry = registry;
    this.options = options;
    this.listener = listener;
    this.folder = RunFolder.of(options.runs(), settings.name());
  }

  /** All components on a class path that a run's config can name. */
  public static Registry registry(ClassLoader loader) {
    return Workplace.registry(loader, List.of(new Kind("schedule", ScheduleProvider.class)));
  }

  /**
   * Binds a run's config.
   *
   * @throws io.github.llm4j.api.error.ConfigException if anything is wrong: lists all of it
   */
  public static Bound<RunSettings> bind(ConfigSource source, Registry registry) {
    return new Binder(registry).bind(RunSettings.class, source);
  }

  /**
   * Runs. A checkpoint is saved with each better evaluation, when one is due, at the end, when the
   * run is interrupted, and when a loss isn't finite.
   *
   * @param interrupted asked between micro-batches; true ends the run cleanly
   */
  public RunResult run(BooleanSupplier interrupted) {
    if (options.earlier() == Earlier.KEEP) {
      folder.checkFree();
    }
    folder.create();
    try (RunLock _ = RunLock.take(folder.path())) {
      Optional<Checkpoint> checkpoint = earlier();
      Tokenizer tokenizer = tokenizer(checkpoint.isPresent());
      OptionalInt threads = settings.threads().map(OptionalInt::of).orElseGet(OptionalInt::empty);
      try (Workplace workplace = Workplace.open(registry, settings.backend(), threads)) {
        Model model =
            Model.build(
                settings.model(),
                tokenizer.vocabSize(),
                ModelOptions.of(settings.seed(), settings.trainer().precision()),
                workplace.backend());
        TokenStore store = new TokenStore(options.runs().resolve(".tokens"));
        String saved = provider().save(tokenizer);
        TrainingData data =
            TrainingData.open(
                settings.data(),
                new TextTokens(store, tokenizer, saved, listener::tokenizing),
                model.contextLength());
        return train(workplace, model, data, saved, checkpoint, interrupted);
      }
    }
  }

  /** The checkpoint that the run goes on from; damaged ones are put aside. */
  private Optional<Checkpoint> earlier() {
    if (options.earlier() != Earlier.RESUME || !Files.exists(folder.config())) {
      return Optional.empty();
    }
    folder.checkpoints().clean();
    List<String> damaged = new ArrayList<>();
    Optional<Checkpoint> checkpoint =
        folder
            .checkpoints()
            .newest(
                (path, why) -> {
                  damaged.add("%s (%s)".formatted(path.getFileName(), why));
                  folder.checkpoints().setAside(path);
                });
    if (!damaged.isEmpty()) {
      listener.warning(
          "damaged: %s. The run goes on from %s; what is damaged is kept under the name damaged-…."
              .formatted(
                  String.join(", ", damaged),
                  checkpoint
                      .map(c -> "the checkpoint before, step " + c.step())
                      .orElse("the beginning, because no checkpoint is whole")));
    }
    if (checkpoint.isPresent()) {
      Bound<RunSettings> own = bind(ConfigSource.file(folder.config()), registry);
      for (String change : Changes.check(own.values(), bound.values())) {
        listener.warning(change + ": from here on, not as if it had been so from the start.");
      }
    }
    return checkpoint;
  }

  private TokenizerProvider<?> provider() {
    return (TokenizerProvider<?>) settings.tokenizer().provider();
  }

  /** A resumed run has the tokenizer that it began with. */
  private Tokenizer tokenizer(boolean resumed) {
    if (!resumed) {
      return settings.tokenizer().create(TrainingData.texts(settings.data()));
    }
    try {
      return provider().restore(Files.readString(folder.tokenizer()));
    } catch (IOException e) {
      throw new LlmException(
          ErrorKind.USER,
          "%s: the run's tokenizer expected, found %s. Restore the file from a checkpoint."
              .formatted(folder.tokenizer(), e),
          e);
    }
  }

  private RunResult train(
      Workplace workplace,
      Model model,
      TrainingData data,
      String tokenizer,
      Optional<Checkpoint> checkpoint,
      BooleanSupplier interrupted) {
    TrainerSettings wanted = settings.trainer();
    int rows = wanted.batch().rows(model.contextLength());
    long tokensPerStep = (long) rows * model.contextLength();
    long steps = wanted.steps(data.count(), tokensPerStep);
    Optimizer optimizer = wanted.optimizer().create(new OptimizerContext());
    Schedule schedule = wanted.schedule().create(new ScheduleContext(optimizer.lr(), steps));
    TrainingParts parts =
        TrainingParts.of(
            model,
            new LanguageModeling(),
            optimizer,
            data,
            wanted.batch().microRows(model.contextLength()),
            wanted.clipNorm(),
            settings.seed(),
            workplace.workers());
    Saver saver = new Saver(folder, parts, settings, state(workplace, model, data), tokenizer);
    LoopState from = checkpoint.map(c -> restore(c, saver, parts)).orElse(LoopState.start());
    if (checkpoint.isEmpty()) {
      folder.clear();
      RunFolder.write(folder.tokenizer(), tokenizer);
    }
    RunFolder.write(folder.config(), bound.render());
    listener.started(
        new RunFacts(
            folder.path(),
            workplace.choice(),
            workplace.backend().description(),
            model.parameters().count(),
            model.vocabSize(),
            data.count(),
            data.validation().isEmpty() ? 0 : data.validation().get(0).count(),
            steps,
            tokensPerStep,
            parameterBytes(parts),
            parts.activationBytes(rows)));
    checkpoint.ifPresent(c -> listener.resumed(c.step(), c.folder()));
    try (MetricsFile metrics = new MetricsFile(folder.metrics(), from.step())) {
      Trainer trainer =
          new Trainer(
              parts,
              schedule,
              loop(workplace, steps, rows),
              from,
              new Recording(saver, metrics, listener));
      TrainingResult result;
      try {
        result = trainer.run(interrupted);
      } catch (LlmException e) {
        saver.save(trainer.state(), metrics, listener);
        throw e;
      }
      saver.save(result.state(), metrics, listener);
      return new RunResult(folder.path(), result);
    }
  }

  private TrainerOptions loop(Workplace workplace, long steps, int rows) {
    TrainerSettings wanted = settings.trainer();
    return new TrainerOptions(
        settings.seed(),
        steps,
        rows,
        wanted.log().every(),
        wanted.evaluate().every(),
        wanted.earlyStop().map(EarlyStopSettings::patience).orElse(0),
        wanted.earlyStop().map(EarlyStopSettings::minDelta).orElse(0.0),
        OptionalDouble.of(Ceiling.products(workplace.backend(), wanted.precision().compute())));
  }

  private TrainerState state(Workplace workplace, Model model, TrainingData data) {
    String version = Pretraining.class.getPackage().getImplementationVersion();
    return new TrainerState(
        version == null ? "unreleased" : version,
        settings.seed(),
        LoopState.start(),
        data.identity(),
        settings.trainer().precision().name(),
        workplace.workers().count(),
        workplace.backend().description(),
        model.parameters().learned().stream().map(p -> p.path() + " " + p.shape()).toList());
  }

  /** Fills the trainer's memory, and says what keeps the bits from being the same. */
  private LoopState restore(Checkpoint checkpoint, Saver saver, TrainingParts parts) {
    TrainerState was = checkpoint.state();
    TrainerState now = saver.now();
    if (!was.data().equals(now.data())) {
      throw new LlmException(
          ErrorKind.USER,
          "%s: the training text that the run began with expected, found another. Restore it, or train anew under another name."
              .formatted(folder.path()));
    }
    if (!was.parameters().equals(now.parameters())) {
      throw new LlmException(
          ErrorKind.USER,
          "%s: the parameters that the run began with expected, found %s; they were %s. Take the plugins and the version that it began with."
              .formatted(folder.path(), now.parameters(), was.parameters()));
    }
    was.otherBits(now)
        .ifPresent(what -> listener.warning("The run goes on, but not bit for bit: " + what + "."));
    checkpoint.restore(parts.step().memory(), parts.model().backend());
    parts.step().restored();
    return was.loop();
  }

  private static long parameterBytes(TrainingParts parts) {
    Model model = parts.model();
    long copy = model.parameters().copy().map(c -> c.byteSize()).orElse(0L);
    long gradients = model.parameters().arenaSpec().bytes();
    return parts.step().memory().values().stream().mapToLong(s -> s.spec().bytes()).sum()
        + gradients
        + copy;
  }
}

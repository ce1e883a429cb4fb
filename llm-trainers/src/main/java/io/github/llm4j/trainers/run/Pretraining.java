package io.github.llm4j.trainers.run;

import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.api.tokenizer.Tokenizer;
import io.github.llm4j.runtime.composition.Workplace;
import io.github.llm4j.runtime.config.Binder;
import io.github.llm4j.runtime.config.Bound;
import io.github.llm4j.runtime.config.ConfigSource;
import io.github.llm4j.runtime.plan.Ceiling;
import io.github.llm4j.runtime.plugin.Kind;
import io.github.llm4j.runtime.plugin.Plugins;
import io.github.llm4j.runtime.plugin.Registry;
import io.github.llm4j.runtime.plugin.UsedPlugins;
import io.github.llm4j.runtime.worker.WorkerPool;
import io.github.llm4j.trainers.checkpoint.Checkpoint;
import io.github.llm4j.trainers.data.TokenizerStore;
import io.github.llm4j.trainers.loop.LoopState;
import io.github.llm4j.trainers.loop.Trainer;
import io.github.llm4j.trainers.loop.TrainingResult;
import io.github.llm4j.trainers.run.RunOptions.Earlier;
import io.github.llm4j.trainers.schedule.ScheduleProvider;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CancellationException;
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
  private final Optional<Preview> preview;

  /**
   * A run that hasn't begun.
   *
   * @param bound its config
   * @param registry components that it can name: those of {@link #registry}
   */
  public Pretraining(
      Bound<RunSettings> bound, Registry registry, RunOptions options, RunListener listener) {
    this(bound, registry, options, listener, Optional.empty());
  }

  /**
   * A run that hasn't begun.
   *
   * @param bound its config
   * @param registry components that it can name: those of {@link #registry}
   * @param preview writes its samples; without one there are none
   */
  public Pretraining(
      Bound<RunSettings> bound,
      Registry registry,
      RunOptions options,
      RunListener listener,
      Optional<Preview> preview) {
    this.preview = preview;
    this.bound = bound;
    this.settings = bound.settings();
    this.registry = registry;
    this.options = options;
    this.listener = listener;
    this.folder = RunFolder.of(options.runs(), settings.name());
  }

  /** All components on a class path that a run's config can name. */
  public static Registry registry(ClassLoader loader) {
    return registry(loader, Plugins.none());
  }

  /** All components on a class path and of plugins that a run's config can name. */
  public static Registry registry(ClassLoader loader, Plugins plugins) {
    return Workplace.registry(
        loader, List.of(new Kind("schedule", ScheduleProvider.class)), plugins);
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
   * @throws CancellationException if it is interrupted before training begins; what was tokenized
   *     so far is kept
   */
  public RunResult run(BooleanSupplier interrupted) {
    if (options.earlier() == Earlier.KEEP) {
      folder.checkFree();
    }
    folder.create();
    try (RunLock _ = RunLock.take(folder.path())) {
      Optional<Checkpoint> checkpoint = earlier();
      Tokenizer tokenizer =
          checkpoint.isPresent() ? folder.tokenizer(settings) : tokenizer(interrupted);
      try (PreparedRun run =
          PreparedRun.of(
              settings,
              registry,
              tokenizer,
              options.runs(),
              (text, done, total) -> {
                listener.tokenizing(text, done, total);
                if (interrupted.getAsBoolean()) {
                  throw new CancellationException("tokenizing was ended");
                }
              })) {
        return train(run, tokenizer, checkpoint, interrupted);
      }
    }
  }

  private Tokenizer tokenizer(BooleanSupplier interrupted) {
    try (WorkerPool workers =
        settings.threads().map(WorkerPool::new).orElseGet(WorkerPool::ofProcessors)) {
      return new TokenizerStore(options.runs().resolve(".tokens"))
          .tokenizer(
              settings.tokenizer(),
              settings.data(),
              workers,
              new TokenizerStore.Listener() {
                @Override
                public boolean learning(String unit, long done, long total) {
                  listener.learning(unit, done, total);
                  return !interrupted.getAsBoolean();
                }

                @Override
                public void learned(int vocabSize, boolean before, double seconds) {
                  listener.learned(vocabSize, before, seconds);
                }
              });
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

  private RunResult train(
      PreparedRun run,
      Tokenizer tokenizer,
      Optional<Checkpoint> checkpoint,
      BooleanSupplier interrupted) {
    Sampling sampling = Sampling.of(preview, run, tokenizer);
    LoopState from = checkpoint.map(c -> goOn(c, run)).orElse(LoopState.start());
    if (checkpoint.isEmpty()) {
      folder.clear();
      RunFolder.write(folder.tokenizer(), run.tokenizer());
    }
    String plugins = UsedPlugins.of(settings, registry).comment();
    RunFolder.write(folder.config(), plugins + bound.render());
    double ceiling =
        Ceiling.products(run.workplace().backend(), settings.trainer().precision().compute());
    RunFacts facts = run.facts(folder.path(), ceiling, sampling.bytes());
    listener.started(facts);
    checkpoint.ifPresent(c -> listener.resumed(c.step(), c.folder()));
    Reporting reporting = new Reporting(folder, bound, registry, facts, from.step(), listener);
    Saver saver = new Saver(folder.checkpoints(), run);
    try (MetricsFile metrics = new MetricsFile(folder.metrics(), from.step());
        Events events = new Events(folder, reporting.begun())) {
      Trainer trainer =
          new Trainer(
              run.parts(),
              run.schedule(),
              run.options(OptionalDouble.of(ceiling)),
              from,
              new Recording(saver, metrics, events, sampling, reporting, listener));
      TrainingResult result;
      try {
        result = trainer.run(interrupted);
      } catch (LlmException e) {
        reporting.ended("failed", trainer.state());
        saver.save(trainer.state(), metrics, listener);
        throw e;
      }
      saver.save(result.state(), metrics, listener);
      reporting.ended(result.end().name().toLowerCase(Locale.ROOT), result.state());
      return new RunResult(folder.path(), result);
    }
  }

  /** Fills the trainer's memory, and says what keeps the bits from being the same. */
  private LoopState goOn(Checkpoint checkpoint, PreparedRun run) {
    checkpoint
        .restore(run.state(), run.parts())
        .ifPresent(what -> listener.warning("The run goes on, but not bit for bit: " + what + "."));
    return checkpoint.state().loop();
  }
}

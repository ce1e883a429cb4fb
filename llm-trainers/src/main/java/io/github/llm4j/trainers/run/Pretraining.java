package io.github.llm4j.trainers.run;

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
import io.github.llm4j.runtime.model.WeightsFile;
import io.github.llm4j.runtime.plan.Ceiling;
import io.github.llm4j.runtime.plugin.Kind;
import io.github.llm4j.runtime.plugin.Registry;
import io.github.llm4j.trainers.data.DataSettings;
import io.github.llm4j.trainers.data.TokenStore;
import io.github.llm4j.trainers.data.TrainingData;
import io.github.llm4j.trainers.loop.EvaluationReport;
import io.github.llm4j.trainers.loop.StepReport;
import io.github.llm4j.trainers.loop.Trainer;
import io.github.llm4j.trainers.loop.TrainerOptions;
import io.github.llm4j.trainers.loop.TrainingListener;
import io.github.llm4j.trainers.loop.TrainingParts;
import io.github.llm4j.trainers.loop.TrainingResult;
import io.github.llm4j.trainers.objective.LanguageModeling;
import io.github.llm4j.trainers.schedule.Schedule;
import io.github.llm4j.trainers.schedule.ScheduleContext;
import io.github.llm4j.trainers.schedule.ScheduleProvider;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;

/**
 * Trains a model from a config: tokenizer, data, model, loop, folder.
 *
 * <p>Threading: one thread.
 */
public final class Pretraining {
  private final RunSettings settings;
  private final DataSettings data;
  private final String config;
  private final Registry registry;
  private final RunOptions options;
  private final RunListener listener;

  /**
   * A run that hasn't begun.
   *
   * @param bound its config
   * @param source where the config lies; relative paths of texts are relative to its folder
   * @param registry components that it can name: those of {@link #registry}
   */
  public Pretraining(
      Bound<RunSettings> bound,
      ConfigSource source,
      Registry registry,
      RunOptions options,
      RunListener listener) {
    this.settings = bound.settings();
    this.data = settings.data().in(source.folder());
    this.config = bound.render();
    this.registry = registry;
    this.options = options;
    this.listener = listener;
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
   * Runs. The best weights are saved with each better evaluation, the last at the end, when the run
   * is interrupted, and when a loss isn't finite.
   *
   * @param interrupted asked after each step; true ends the run cleanly
   */
  public RunResult run(BooleanSupplier interrupted) {
    RunFolder folder = RunFolder.of(options.runs(), settings.name());
    folder.checkFree(options.overwrite());
    Tokenizer tokenizer = settings.tokenizer().create(TrainingData.texts(data));
    String saved = ((TokenizerProvider<?>) settings.tokenizer().provider()).save(tokenizer);
    OptionalInt threads = settings.threads().map(OptionalInt::of).orElseGet(OptionalInt::empty);
    try (Workplace workplace = Workplace.open(registry, settings.backend(), threads)) {
      Model model =
          Model.build(
              settings.model(),
              tokenizer.vocabSize(),
              ModelOptions.of(settings.seed(), settings.trainer().precision()),
              workplace.backend());
      TokenStore store = new TokenStore(options.runs().resolve(".tokens"));
      TrainingData texts =
          TrainingData.open(
              data, tokenizer, saved, model.contextLength(), store, listener::tokenizing);
      return train(folder, saved, workplace, model, texts, interrupted);
    }
  }

  private RunResult train(
      RunFolder folder,
      String tokenizer,
      Workplace workplace,
      Model model,
      TrainingData texts,
      BooleanSupplier interrupted) {
    TrainerSettings wanted = settings.trainer();
    int rows = wanted.batch().rows(model.contextLength());
    int micro = wanted.batch().microRows(model.contextLength());
    long tokensPerStep = (long) rows * model.contextLength();
    long steps = wanted.steps(texts.train().count(), tokensPerStep);
    Optimizer optimizer = wanted.optimizer().create(new OptimizerContext());
    Schedule schedule = wanted.schedule().create(new ScheduleContext(optimizer.lr(), steps));
    TrainingParts parts =
        TrainingParts.of(
            model,
            new LanguageModeling(),
            optimizer,
            texts,
            micro,
            wanted.clipNorm(),
            settings.seed());
    TrainerOptions loop =
        new TrainerOptions(
            settings.seed(),
            steps,
            rows,
            wanted.log().every(),
            wanted.evaluate().every(),
            OptionalDouble.of(
                Ceiling.products(workplace.backend(), model.options().precision().compute())));
    folder.begin(config, tokenizer);
    listener.started(
        new RunFacts(
            folder.path(),
            workplace.choice(),
            workplace.backend().description(),
            model.parameters().count(),
            model.vocabSize(),
            texts.train().count(),
            texts.validation().map(v -> v.count()).orElse(0L),
            steps,
            tokensPerStep,
            parameterBytes(model, optimizer),
            parts.activationBytes(rows)));
    try (MetricsFile metrics = new MetricsFile(folder.metrics())) {
      Trainer trainer = new Trainer(parts, schedule, loop, new Saving(folder, model, metrics));
      TrainingResult result;
      try {
        result = trainer.run(interrupted);
      } catch (LlmException e) {
        save(model, folder);
        throw e;
      }
      save(model, folder);
      return new RunResult(folder.path(), result);
    }
  }

  private void save(Model model, RunFolder folder) {
    WeightsFile.save(model, folder.last());
    listener.saved(folder.last());
  }

  private static long parameterBytes(Model model, Optimizer optimizer) {
    long flat = model.parameters().arenaSpec().bytes();
    long copy = model.parameters().copy().map(c -> c.byteSize()).orElse(0L);
    return flat * (2 + optimizer.states().size()) + copy;
  }

  /** Writes metrics and the best weights, and passes reports on. */
  private final class Saving implements TrainingListener {
    private final RunFolder folder;
    private final Model model;
    private final MetricsFile metrics;

    Saving(RunFolder folder, Model model, MetricsFile metrics) {
      this.folder = folder;
      this.model = model;
      this.metrics = metrics;
    }

    @Override
    public void step(StepReport report) {
      metrics.step(report);
      listener.step(report);
    }

    @Override
    public void evaluated(EvaluationReport report) {
      metrics.evaluated(report);
      listener.evaluated(report);
      if (report.best()) {
        WeightsFile.save(model, folder.best());
        listener.saved(folder.best());
      }
    }
  }
}

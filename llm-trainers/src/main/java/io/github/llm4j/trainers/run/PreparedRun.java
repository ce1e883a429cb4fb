package io.github.llm4j.trainers.run;

import io.github.llm4j.api.optimizer.Optimizer;
import io.github.llm4j.api.optimizer.OptimizerContext;
import io.github.llm4j.api.tokenizer.Tokenizer;
import io.github.llm4j.api.tokenizer.TokenizerProvider;
import io.github.llm4j.runtime.composition.Workplace;
import io.github.llm4j.runtime.model.Model;
import io.github.llm4j.runtime.model.ModelOptions;
import io.github.llm4j.runtime.plugin.Registry;
import io.github.llm4j.runtime.plugin.UsedPlugins;
import io.github.llm4j.trainers.checkpoint.TrainerState;
import io.github.llm4j.trainers.data.TextTokens;
import io.github.llm4j.trainers.data.TokenStore;
import io.github.llm4j.trainers.data.TrainingData;
import io.github.llm4j.trainers.loop.LoopState;
import io.github.llm4j.trainers.loop.TrainerOptions;
import io.github.llm4j.trainers.loop.TrainingParts;
import io.github.llm4j.trainers.objective.LanguageModeling;
import io.github.llm4j.trainers.schedule.Schedule;
import io.github.llm4j.trainers.schedule.ScheduleContext;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * A run with everything in memory, before its first step.
 *
 * @param settings its config
 * @param workplace threads and backend; closed with it
 * @param tokenizer the tokenizer's saved form
 * @param data what it learns from
 * @param parts what the loop works with
 * @param rows rows of a step
 * @param steps steps of the run
 * @param schedule learning rate of each
 */
record PreparedRun(
    RunSettings settings,
    Workplace workplace,
    String tokenizer,
    TrainingData data,
    TrainingParts parts,
    int rows,
    long steps,
    Schedule schedule)
    implements AutoCloseable {

  /**
   * Puts a run together.
   *
   * @param tokenizer its tokenizer
   * @param runs folder of all runs, where tokenized texts are kept
   */
  static PreparedRun of(
      RunSettings settings,
      Registry registry,
      Tokenizer tokenizer,
      Path runs,
      TokenStore.Progress progress) {
    OptionalInt threads = settings.threads().map(OptionalInt::of).orElseGet(OptionalInt::empty);
    Workplace workplace = Workplace.open(registry, settings.backend(), threads);
    try {
      TrainerSettings trainer = settings.trainer();
      Model model =
          Model.build(
              settings.model(),
              tokenizer.vocabSize(),
              ModelOptions.of(settings.seed(), trainer.precision()),
              workplace.backend());
      String saved = ((TokenizerProvider<?>) settings.tokenizer().provider()).save(tokenizer);
      TokenStore store = new TokenStore(runs.resolve(".tokens"));
      TrainingData data =
          TrainingData.open(
              settings.data(),
              new TextTokens(store, tokenizer, saved, progress),
              model.contextLength());
      int rows = trainer.batch().rows(model.contextLength());
      long steps = trainer.steps(data.count(), (long) rows * model.contextLength());
      Optimizer optimizer = trainer.optimizer().create(new OptimizerContext());
      Schedule schedule = trainer.schedule().create(new ScheduleContext(optimizer.lr(), steps));
      TrainingParts parts =
          TrainingParts.of(
              model,
              new LanguageModeling(),
              optimizer,
              data,
              trainer.batch().microRows(model.contextLength()),
              trainer.clipNorm(),
              trainer.ema().map(EmaSettings::decay),
              settings.seed(),
              workplace.workers());
      return new PreparedRun(settings, workplace, saved, data, parts, rows, steps, schedule);
    } catch (RuntimeException e) {
      workplace.close();
      throw e;
    }
  }

  /** The model that learns. */
  Model model() {
    return parts.model();
  }

  /** How long the loop trains and when it reports. */
  TrainerOptions options(OptionalDouble ceiling) {
    TrainerSettings trainer = settings.trainer();
    return new TrainerOptions(
        settings.seed(),
        steps,
        rows,
        trainer.log().every(),
        trainer.evaluate().every(),
        trainer.earlyStop().map(EarlyStopSettings::patience).orElse(0),
        trainer.earlyStop().map(EarlyStopSettings::minDelta).orElse(0.0),
        ceiling);
  }

  /** What a checkpoint before the first step would hold. */
  TrainerState state() {
    UsedPlugins plugins = UsedPlugins.of(settings, workplace.registry());
    return new TrainerState(
        (ThisMachine.version() + " " + plugins).strip(),
        settings.seed(),
        LoopState.start(),
        data.identity(),
        settings.trainer().precision().name(),
        workplace.workers().count(),
        workplace.backend().description(),
        model().parameters().learned().stream().map(p -> p.path() + " " + p.shape()).toList());
  }

  /**
   * What is known before the first step.
   *
   * @param ceiling floating-point operations a second of products at best
   * @param samples bytes that samples need
   */
  RunFacts facts(Path folder, double ceiling, long samples) {
    Map<String, Long> bytes = new LinkedHashMap<>();
    parts.step().memory().forEach((name, tensor) -> bytes.put(name, tensor.spec().bytes()));
    bytes.put("gradients", model().parameters().arenaSpec().bytes());
    model().parameters().copy().ifPresent(c -> bytes.put("copy", c.byteSize()));
    long ofParameters = bytes.values().stream().mapToLong(Long::longValue).sum();
    long activations = Math.max(parts.activationBytes(rows), parts.arena().bytes());
    bytes.put("activations", activations);
    if (samples > 0) {
      bytes.put("samples", samples);
    }
    return new RunFacts(
        folder,
        workplace.choice(),
        workplace.backend().description(),
        model().parameters().count(),
        model().vocabSize(),
        data.count(),
        data.validation().isEmpty() ? 0 : data.validation().get(0).count(),
        steps,
        (long) rows * model().contextLength(),
        ofParameters,
        activations,
        bytes,
        parts.step().flops(rows / parts.step().rows()),
        ceiling,
        workplace.workers().count(),
        data.identity(),
        data.texts());
  }

  @Override
  public void close() {
    workplace.close();
  }
}

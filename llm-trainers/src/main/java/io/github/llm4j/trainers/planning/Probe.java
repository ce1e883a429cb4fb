package io.github.llm4j.trainers.planning;

import io.github.llm4j.api.backend.Backend;
import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.api.optimizer.Optimizer;
import io.github.llm4j.api.optimizer.OptimizerContext;
import io.github.llm4j.runtime.model.Model;
import io.github.llm4j.runtime.model.ModelOptions;
import io.github.llm4j.runtime.plan.Ceiling;
import io.github.llm4j.runtime.plan.PlanArena;
import io.github.llm4j.trainers.data.Batch;
import io.github.llm4j.trainers.loop.StepNumbers;
import io.github.llm4j.trainers.loop.TrainStep;
import io.github.llm4j.trainers.objective.LanguageModeling;
import io.github.llm4j.trainers.run.EmaSettings;
import io.github.llm4j.trainers.run.RunSettings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

/** Runs a few steps of a run's own plans on random ids, to see how long they take. */
final class Probe {
  private static final double NANO = 1e-9;

  private final TrainStep step;
  private final List<Batch> batches = new ArrayList<>();
  private final StepNumbers numbers;

  /** Takes the memory that the run will take. */
  Probe(RunSettings settings, RunPlan plan, Backend backend) {
    ModelOptions options = ModelOptions.of(settings.seed(), settings.trainer().precision());
    Model model = Model.build(settings.model(), plan.vocabSize(), options, backend);
    Optimizer optimizer = settings.trainer().optimizer().create(new OptimizerContext());
    this.step =
        new TrainStep(
            model,
            new LanguageModeling(),
            optimizer,
            settings.trainer().clipNorm(),
            settings.trainer().ema().map(EmaSettings::decay),
            plan.microRows(),
            new PlanArena(backend));
    step.plans(plan.rows() / plan.microRows());
    SplittableRandom random = new SplittableRandom(settings.seed());
    for (int row = 0; row < plan.rows(); row += plan.microRows()) {
      Batch batch = Batch.of(plan.microRows(), plan.contextLength());
      for (int i = 0; i < batch.ids().length; i++) {
        batch.ids()[i] = random.nextInt(plan.vocabSize());
        batch.targets()[i] = random.nextInt(plan.vocabSize());
      }
      batches.add(batch);
    }
    this.numbers = new StepNumbers(settings.seed(), 0, plan.tokensPerStep(), plan.rows(), 0);
  }

  /**
   * Runs steps for so long, at least two; the second half of them counts, since the first warms up.
   */
  ProbeReport run(RunPlan plan, Backend backend, double seconds) {
    double ceiling = Ceiling.products(backend, plan.precision().compute());
    step(); // binds kernels, loads classes
    List<Double> times = new ArrayList<>();
    long start = System.nanoTime();
    do {
      times.add(step());
    } while ((double) (System.nanoTime() - start) * NANO < seconds);
    List<Double> warm = new ArrayList<>(times.subList(times.size() / 2, times.size()));
    Collections.sort(warm);
    double median = warm.get(warm.size() / 2);
    return new ProbeReport(
        warm.size(),
        median,
        warm.getFirst(),
        warm.getLast(),
        (double) plan.tokensPerStep() / median,
        plan.step().total() / median / ceiling,
        ProcessMemory.peak());
  }

  private double step() {
    long start = System.nanoTime();
    int row = 0;
    for (Batch batch : batches) {
      double sum = step.run(batch, row, numbers);
      if (!Double.isFinite(sum)) {
        throw new LlmException(
            ErrorKind.USER,
            "probe: a finite loss of random ids expected, found %s. Look at the model's settings, or plan with --no-probe."
                .formatted(sum));
      }
      row += batch.rows();
    }
    return (double) (System.nanoTime() - start) * NANO;
  }
}

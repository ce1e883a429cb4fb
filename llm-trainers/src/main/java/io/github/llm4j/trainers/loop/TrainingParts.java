package io.github.llm4j.trainers.loop;

import io.github.llm4j.api.objective.Objective;
import io.github.llm4j.api.optimizer.Optimizer;
import io.github.llm4j.runtime.model.Model;
import io.github.llm4j.runtime.plan.Plan;
import io.github.llm4j.runtime.plan.PlanArena;
import io.github.llm4j.trainers.data.OrderedWindows;
import io.github.llm4j.trainers.data.RandomWindows;
import io.github.llm4j.trainers.data.TrainingData;
import java.util.Optional;

/**
 * What a training loop works with.
 *
 * @param model what learns
 * @param step a training step
 * @param evaluation an evaluation step, if there is a validation text
 * @param train batches to learn from
 * @param validation windows to measure with, if there is a validation text
 */
public record TrainingParts(
    Model model,
    TrainStep step,
    Optional<EvaluationStep> evaluation,
    RandomWindows train,
    Optional<OrderedWindows> validation) {

  /**
   * Steps that share one arena.
   *
   * @param rows rows of a micro-batch
   * @param clipNorm bound of the gradient's norm; 0 for none
   * @param seed seed of the batches
   */
  public static TrainingParts of(
      Model model,
      Objective objective,
      Optimizer optimizer,
      TrainingData data,
      int rows,
      double clipNorm,
      long seed) {
    PlanArena arena = new PlanArena(model.backend());
    int length = model.contextLength();
    return new TrainingParts(
        model,
        new TrainStep(model, objective, optimizer, clipNorm, rows, arena),
        data.validation().map(v -> new EvaluationStep(model, objective, rows, arena)),
        new RandomWindows(data.train(), length, seed),
        data.validation().map(v -> new OrderedWindows(v, length)));
  }

  /**
   * Bytes that the largest plan needs besides parameters; records the plans that a step needs.
   *
   * @param rows rows of a step
   */
  public long activationBytes(int rows) {
    int parts = rows / step.rows();
    for (int i = 0; i < Math.min(parts, 3); i++) {
      step.plan(new TrainStep.Place(i == 0, parts == 1 || i == 1));
    }
    long evaluated = evaluation.map(e -> e.plan().arenaBytes()).orElse(0L);
    return step.plans().stream().mapToLong(Plan::arenaBytes).reduce(evaluated, Math::max);
  }
}

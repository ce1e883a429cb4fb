package io.github.llm4j.trainers.loop;

import io.github.llm4j.api.objective.Objective;
import io.github.llm4j.api.optimizer.Optimizer;
import io.github.llm4j.api.worker.Workers;
import io.github.llm4j.runtime.model.Model;
import io.github.llm4j.runtime.plan.Plan;
import io.github.llm4j.runtime.plan.PlanArena;
import io.github.llm4j.trainers.data.RandomWindows;
import io.github.llm4j.trainers.data.TrainingData;
import java.util.List;
import java.util.Optional;

/**
 * What a training loop works with.
 *
 * @param model what learns
 * @param step a training step
 * @param evaluation an evaluation step, if there is a validation text
 * @param train batches to learn from
 * @param validation windows to measure with; the first set is the one that counts
 * @param workers threads that fill batches
 * @param arena memory that the plans of both steps share
 */
public record TrainingParts(
    Model model,
    TrainStep step,
    Optional<EvaluationStep> evaluation,
    RandomWindows train,
    List<ValidationSet> validation,
    Workers workers,
    PlanArena arena) {

  /**
   * Steps that share one arena.
   *
   * @param rows rows of a micro-batch
   * @param clipNorm bound of the gradient's norm; 0 for none
   * @param averageDecay decay of the average of the weights, if one is kept
   * @param seed seed of the batches
   * @param workers threads that fill batches
   */
  public static TrainingParts of(
      Model model,
      Objective objective,
      Optimizer optimizer,
      TrainingData data,
      int rows,
      double clipNorm,
      Optional<Double> averageDecay,
      long seed,
      Workers workers) {
    PlanArena arena = new PlanArena(model.backend());
    int length = model.contextLength();
    return new TrainingParts(
        model,
        new TrainStep(model, objective, optimizer, clipNorm, averageDecay, rows, arena),
        data.validation().isEmpty()
            ? Optional.empty()
            : Optional.of(new EvaluationStep(model, objective, rows, arena)),
        new RandomWindows(data.train(), length, seed),
        data.validation().stream().map(text -> ValidationSet.of(text, length)).toList(),
        workers,
        arena);
  }

  /**
   * Bytes that the largest plan needs besides parameters; records the plans that a step needs.
   *
   * @param rows rows of a step
   */
  public long activationBytes(int rows) {
    long evaluated = evaluation.map(e -> e.plan().arenaBytes()).orElse(0L);
    return step.plans(rows / step.rows()).stream()
        .mapToLong(Plan::arenaBytes)
        .reduce(evaluated, Math::max);
  }
}

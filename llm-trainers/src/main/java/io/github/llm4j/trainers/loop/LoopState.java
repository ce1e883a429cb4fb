package io.github.llm4j.trainers.loop;

import java.util.OptionalDouble;

/**
 * Where a training loop stands between two steps.
 *
 * @param step steps done
 * @param targets targets learned from
 * @param loss loss of the last step
 * @param evaluated step of the last evaluation; -1 if there was none
 * @param validationLoss its loss
 * @param best the best evaluation's loss
 * @param bestStep its step
 * @param worse evaluations since one that was better
 * @param seconds time spent
 */
public record LoopState(
    long step,
    long targets,
    OptionalDouble loss,
    long evaluated,
    OptionalDouble validationLoss,
    OptionalDouble best,
    long bestStep,
    int worse,
    double seconds) {

  /** Before the first step. */
  public static LoopState start() {
    OptionalDouble none = OptionalDouble.empty();
    return new LoopState(0, 0, none, -1, none, none, 0, 0, 0);
  }

  /** Behind one more step. */
  LoopState stepped(double stepLoss, long stepTargets) {
    return new LoopState(
        step + 1,
        targets + stepTargets,
        OptionalDouble.of(stepLoss),
        evaluated,
        validationLoss,
        best,
        bestStep,
        worse,
        seconds);
  }

  /**
   * Behind an evaluation.
   *
   * @param minDelta how much better than the best it must be not to count as worse
   */
  LoopState measured(double found, double minDelta) {
    boolean first = best.isEmpty();
    boolean better = first || found < best.getAsDouble();
    boolean counts = first || found < best.getAsDouble() - minDelta;
    return new LoopState(
        step,
        targets,
        loss,
        step,
        OptionalDouble.of(found),
        better ? OptionalDouble.of(found) : best,
        better ? step : bestStep,
        counts ? 0 : worse + 1,
        seconds);
  }

  /** At another time. */
  LoopState at(double now) {
    return new LoopState(
        step, targets, loss, evaluated, validationLoss, best, bestStep, worse, now);
  }

  /** Whether the last evaluation, behind the last step, is the best. */
  public boolean isBest() {
    return best.isPresent() && bestStep == step && evaluated == step;
  }
}

package io.github.llm4j.api.optimizer;

import io.github.llm4j.api.op.Ops;
import io.github.llm4j.api.tensor.Shape;
import java.util.List;

/**
 * Turns gradients into new parameters. It computes nothing itself: it records the ops of a step.
 *
 * <p>What must hold is in the test kit's {@code OptimizerContract}: a step that isn't finite
 * changes nothing, frozen parameters stay, nothing depends on the number of threads.
 */
public interface Optimizer {

  /** Learning rate of its settings: the peak that a schedule scales. */
  double lr();

  /**
   * What it keeps from step to step, in the masters' type; zero at first, saved with checkpoints.
   * Names are unique and depend on the arena and the settings alone.
   */
  List<State> states(ParameterArena arena);

  /** Names of the numbers that a step needs, in order; {@code lr} first. */
  List<String> hyper();

  /**
   * The numbers of one step.
   *
   * @param step counts from 1
   * @param lr learning rate of the step
   */
  double[] hyper(long step, double lr);

  /** Records the update of one step. */
  void update(Ops ops, OptimizerStep step);

  /**
   * A tensor that an optimizer keeps.
   *
   * @param name as {@code m}, or {@code momentum/blocks.0.attention.query.weight}
   * @param shape its shape
   */
  record State(String name, Shape shape) {}
}

package io.github.llm4j.api.optimizer;

import io.github.llm4j.api.op.Ops;
import java.util.List;

/** Turns gradients into new parameters over flat arenas in path order. */
public interface Optimizer {

  /** Learning rate of its settings: the peak that a schedule scales. */
  double lr();

  /** Names of its state arenas, each as long as the parameters, as {@code m} and {@code v}. */
  List<String> states();

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
}

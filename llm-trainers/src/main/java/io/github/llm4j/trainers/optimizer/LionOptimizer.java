package io.github.llm4j.trainers.optimizer;

import io.github.llm4j.api.op.Lion;
import io.github.llm4j.api.op.Ops;
import io.github.llm4j.api.optimizer.Optimizer;
import io.github.llm4j.api.optimizer.OptimizerStep;
import io.github.llm4j.api.optimizer.ParameterArena;
import java.util.List;

/**
 * Lion, one launch a step over the flat arena.
 *
 * <p>Chen et al. 2023, arXiv:2302.06675, algorithm 2.
 */
record LionOptimizer(LionSettings settings) implements Optimizer {

  @Override
  public double lr() {
    return settings.lr();
  }

  @Override
  public List<State> states(ParameterArena arena) {
    return List.of(arena.flat("m"));
  }

  @Override
  public List<String> hyper() {
    return List.of("lr");
  }

  @Override
  public double[] hyper(long step, double lr) {
    return new double[] {lr};
  }

  @Override
  public void update(Ops ops, OptimizerStep step) {
    ops.apply(
        new Lion(
            settings.beta1(),
            settings.beta2(),
            step.arena().spans(settings.weightDecay()),
            step.copy().isPresent()),
        step.operands("m"));
  }
}

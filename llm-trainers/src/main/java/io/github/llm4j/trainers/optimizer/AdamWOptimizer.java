package io.github.llm4j.trainers.optimizer;

import io.github.llm4j.api.op.AdamW;
import io.github.llm4j.api.op.Ops;
import io.github.llm4j.api.optimizer.Optimizer;
import io.github.llm4j.api.optimizer.OptimizerStep;
import io.github.llm4j.api.optimizer.ParameterArena;
import java.util.List;

/**
 * Adam with decoupled weight decay, one launch a step over the flat arena.
 *
 * <p>Loshchilov and Hutter 2019, arXiv:1711.05101, algorithm 2.
 */
record AdamWOptimizer(AdamWSettings settings) implements Optimizer {

  @Override
  public double lr() {
    return settings.lr();
  }

  @Override
  public List<State> states(ParameterArena arena) {
    return List.of(arena.flat("m"), arena.flat("v"));
  }

  @Override
  public List<String> hyper() {
    return List.of("lr", "correction1", "correction2");
  }

  @Override
  public double[] hyper(long step, double lr) {
    return new double[] {
      lr,
      1 - Math.pow(settings.beta1(), (double) step),
      1 - Math.pow(settings.beta2(), (double) step)
    };
  }

  @Override
  public void update(Ops ops, OptimizerStep step) {
    ops.apply(
        new AdamW(
            settings.beta1(),
            settings.beta2(),
            settings.eps(),
            step.arena().spans(settings.weightDecay()),
            step.copy().isPresent()),
        step.operands("m", "v"));
  }
}

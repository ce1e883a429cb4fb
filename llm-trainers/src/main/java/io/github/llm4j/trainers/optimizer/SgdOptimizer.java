package io.github.llm4j.trainers.optimizer;

import io.github.llm4j.api.op.Ops;
import io.github.llm4j.api.op.Sgd;
import io.github.llm4j.api.optimizer.Optimizer;
import io.github.llm4j.api.optimizer.OptimizerStep;
import io.github.llm4j.api.optimizer.ParameterArena;
import java.util.List;

/** Gradient descent with momentum, one launch a step over the flat arena. */
record SgdOptimizer(SgdSettings settings) implements Optimizer {

  @Override
  public double lr() {
    return settings.lr();
  }

  @Override
  public List<State> states(ParameterArena arena) {
    return settings.momentum() == 0 ? List.of() : List.of(arena.flat("momentum"));
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
        new Sgd(
            settings.momentum(),
            settings.nesterov(),
            settings.decoupled(),
            step.arena().spans(settings.weightDecay()),
            step.copy().isPresent()),
        settings.momentum() > 0 ? step.operands("momentum") : step.operands());
  }
}

package io.github.llm4j.trainers.optimizer;

import io.github.llm4j.api.optimizer.Optimizer;
import io.github.llm4j.api.optimizer.OptimizerContext;
import io.github.llm4j.api.optimizer.OptimizerProvider;

/** {@code sgd}. */
public final class SgdProvider implements OptimizerProvider<SgdSettings> {

  @Override
  public String type() {
    return "sgd";
  }

  @Override
  public Class<SgdSettings> settings() {
    return SgdSettings.class;
  }

  @Override
  public Optimizer create(SgdSettings settings, OptimizerContext context) {
    return new SgdOptimizer(settings);
  }
}

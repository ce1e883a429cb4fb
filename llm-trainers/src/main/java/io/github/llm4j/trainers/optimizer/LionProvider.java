package io.github.llm4j.trainers.optimizer;

import io.github.llm4j.api.optimizer.Optimizer;
import io.github.llm4j.api.optimizer.OptimizerContext;
import io.github.llm4j.api.optimizer.OptimizerProvider;

/** {@code lion}. */
public final class LionProvider implements OptimizerProvider<LionSettings> {

  @Override
  public String type() {
    return "lion";
  }

  @Override
  public Class<LionSettings> settings() {
    return LionSettings.class;
  }

  @Override
  public Optimizer create(LionSettings settings, OptimizerContext context) {
    return new LionOptimizer(settings);
  }
}

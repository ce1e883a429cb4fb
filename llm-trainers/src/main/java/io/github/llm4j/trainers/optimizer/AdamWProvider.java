package io.github.llm4j.trainers.optimizer;

import io.github.llm4j.api.optimizer.Optimizer;
import io.github.llm4j.api.optimizer.OptimizerContext;
import io.github.llm4j.api.optimizer.OptimizerProvider;

/** {@code adamw}. */
public final class AdamWProvider implements OptimizerProvider<AdamWSettings> {

  @Override
  public String type() {
    return "adamw";
  }

  @Override
  public Class<AdamWSettings> settings() {
    return AdamWSettings.class;
  }

  @Override
  public Optimizer create(AdamWSettings settings, OptimizerContext context) {
    return new AdamWOptimizer(settings);
  }
}

package io.github.llm4j.trainers.optimizer;

import io.github.llm4j.api.optimizer.Optimizer;
import io.github.llm4j.api.optimizer.OptimizerContext;
import io.github.llm4j.api.optimizer.OptimizerProvider;

/** {@code adafactor}. */
public final class AdafactorProvider implements OptimizerProvider<AdafactorSettings> {

  @Override
  public String type() {
    return "adafactor";
  }

  @Override
  public Class<AdafactorSettings> settings() {
    return AdafactorSettings.class;
  }

  @Override
  public Optimizer create(AdafactorSettings settings, OptimizerContext context) {
    return new AdafactorOptimizer(settings);
  }
}

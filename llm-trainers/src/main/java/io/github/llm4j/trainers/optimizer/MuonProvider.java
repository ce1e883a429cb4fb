package io.github.llm4j.trainers.optimizer;

import io.github.llm4j.api.optimizer.Optimizer;
import io.github.llm4j.api.optimizer.OptimizerContext;
import io.github.llm4j.api.optimizer.OptimizerProvider;

/** {@code muon}. */
public final class MuonProvider implements OptimizerProvider<MuonSettings> {

  @Override
  public String type() {
    return "muon";
  }

  @Override
  public Class<MuonSettings> settings() {
    return MuonSettings.class;
  }

  @Override
  public Optimizer create(MuonSettings settings, OptimizerContext context) {
    return new MuonOptimizer(settings);
  }
}

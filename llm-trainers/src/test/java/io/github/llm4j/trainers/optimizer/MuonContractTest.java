package io.github.llm4j.trainers.optimizer;

import io.github.llm4j.api.backend.Backend;
import io.github.llm4j.api.optimizer.Optimizer;
import io.github.llm4j.api.worker.Workers;
import io.github.llm4j.testkit.OptimizerContract;

class MuonContractTest extends OptimizerContract {
  @Override
  protected Optimizer optimizer() {
    return OptimizerTrials.muon(0.05, true, MuonSettings.Scale.RMS, 0);
  }

  @Override
  protected Backend open(Workers workers) {
    return OptimizerTrials.cpu(workers);
  }
}

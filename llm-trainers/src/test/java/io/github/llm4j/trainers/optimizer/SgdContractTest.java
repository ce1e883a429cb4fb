package io.github.llm4j.trainers.optimizer;

import io.github.llm4j.api.backend.Backend;
import io.github.llm4j.api.optimizer.Optimizer;
import io.github.llm4j.api.optimizer.OptimizerContext;
import io.github.llm4j.api.worker.Workers;
import io.github.llm4j.testkit.OptimizerContract;

class SgdContractTest extends OptimizerContract {
  @Override
  protected Optimizer optimizer() {
    return new SgdProvider()
        .create(new SgdSettings(0.05, 0.9, true, 0, false), new OptimizerContext());
  }

  @Override
  protected Backend open(Workers workers) {
    return OptimizerTrials.cpu(workers);
  }
}

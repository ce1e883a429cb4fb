package io.github.llm4j.trainers.optimizer;

import io.github.llm4j.api.backend.Backend;
import io.github.llm4j.api.optimizer.Optimizer;
import io.github.llm4j.api.optimizer.OptimizerContext;
import io.github.llm4j.api.worker.Workers;
import io.github.llm4j.testkit.OptimizerContract;

class AdafactorContractTest extends OptimizerContract {
  @Override
  protected Optimizer optimizer() {
    return new AdafactorProvider()
        .create(
            new AdafactorSettings(0.03, true, 0.8, 1, 1e-30, 1e-3, 0, 0), new OptimizerContext());
  }

  @Override
  protected Backend open(Workers workers) {
    return OptimizerTrials.cpu(workers);
  }
}

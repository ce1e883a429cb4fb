package io.github.llm4j.trainers.optimizer;

import io.github.llm4j.api.backend.Backend;
import io.github.llm4j.api.optimizer.Optimizer;
import io.github.llm4j.api.optimizer.OptimizerContext;
import io.github.llm4j.api.worker.Workers;
import io.github.llm4j.testkit.OptimizerContract;

class LionContractTest extends OptimizerContract {
  @Override
  protected Optimizer optimizer() {
    return new LionProvider().create(new LionSettings(0.02, 0.9, 0.99, 0), new OptimizerContext());
  }

  @Override
  protected Backend open(Workers workers) {
    return OptimizerTrials.cpu(workers);
  }
}

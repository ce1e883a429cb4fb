package io.github.llm4j.trainers.optimizer;

import io.github.llm4j.api.component.Default;
import io.github.llm4j.api.component.Doc;
import io.github.llm4j.trainers.run.Check;

/**
 * Settings of {@code lion}. Each weight moves by the learning rate whatever its gradient, so the
 * rate is a third to a tenth of AdamW's, and the decay as much larger (arXiv:2302.06675, section
 * 5).
 *
 * @param lr peak learning rate
 * @param beta1 share of the momentum in the step
 * @param beta2 decay of the momentum
 * @param weightDecay decay of matrices; gains and biases never decay
 */
@Doc("The sign of the momentum: half of AdamW's memory, a third to a tenth of its learning rate.")
public record LionSettings(
    @Doc("Peak learning rate.") @Default("1e-4") double lr,
    @Doc("Share of the momentum in the step.") @Default("0.9") double beta1,
    @Doc("Decay of the momentum.") @Default("0.99") double beta2,
    @Doc("Decay of matrices, multiplied by the learning rate.") @Default("0.1")
        double weightDecay) {

  /** Checks the ranges. */
  public LionSettings {
    Check.that(lr > 0 && Double.isFinite(lr), "lr", "above 0", lr);
    Check.that(beta1 >= 0 && beta1 < 1, "beta1", "from 0 to below 1", beta1);
    Check.that(beta2 >= 0 && beta2 < 1, "beta2", "from 0 to below 1", beta2);
    Check.that(weightDecay >= 0, "weight-decay", "0 or more", weightDecay);
  }
}

package io.github.llm4j.trainers.optimizer;

import io.github.llm4j.api.component.Default;
import io.github.llm4j.api.component.Doc;
import io.github.llm4j.trainers.run.Check;

/**
 * Settings of {@code sgd}.
 *
 * @param lr peak learning rate
 * @param momentum decay of the momentum; 0 for none
 * @param nesterov whether the step looks ahead
 * @param weightDecay decay of matrices; gains and biases never decay
 * @param decoupled whether decay is taken off the weights instead of added to the gradient
 */
@Doc("Gradient descent with momentum, as PyTorch's; decay is added to the gradient.")
public record SgdSettings(
    @Doc("Peak learning rate.") @Default("0.1") double lr,
    @Doc("Decay of the momentum; 0 for none.") @Default("0.9") double momentum,
    @Doc("Whether the step looks ahead along the momentum.") @Default("false") boolean nesterov,
    @Doc("Decay of matrices.") @Default("0") double weightDecay,
    @Doc("Whether decay is taken off the weights, past the momentum, as AdamW's.") @Default("false")
        boolean decoupled) {

  /** Checks the ranges. */
  public SgdSettings {
    Check.that(lr > 0 && Double.isFinite(lr), "lr", "above 0", lr);
    Check.that(momentum >= 0 && momentum < 1, "momentum", "from 0 to below 1", momentum);
    Check.that(!nesterov || momentum > 0, "nesterov", "false without momentum", nesterov);
    Check.that(weightDecay >= 0, "weight-decay", "0 or more", weightDecay);
  }
}

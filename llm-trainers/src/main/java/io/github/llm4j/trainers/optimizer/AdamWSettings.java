package io.github.llm4j.trainers.optimizer;

import io.github.llm4j.api.component.Default;
import io.github.llm4j.api.component.Doc;
import io.github.llm4j.trainers.run.Check;

/**
 * Settings of {@code adamw}.
 *
 * @param lr peak learning rate
 * @param beta1 decay of the first moment
 * @param beta2 decay of the second moment
 * @param eps added to the root of the second moment
 * @param weightDecay decay of matrices; gains and biases never decay
 */
@Doc("Adam with decoupled weight decay; matrices decay, gains and biases don't.")
public record AdamWSettings(
    @Doc("Peak learning rate.") @Default("1e-3") double lr,
    @Doc("Decay of the first moment.") @Default("0.9") double beta1,
    @Doc("Decay of the second moment.") @Default("0.999") double beta2,
    @Doc("Added to the root of the second moment.") @Default("1e-8") double eps,
    @Doc("Decay of matrices, multiplied by the learning rate.") @Default("0.01")
        double weightDecay) {

  /** Checks the ranges. */
  public AdamWSettings {
    Check.that(lr > 0 && Double.isFinite(lr), "lr", "above 0", lr);
    Check.that(beta1 >= 0 && beta1 < 1, "beta1", "from 0 to below 1", beta1);
    Check.that(beta2 >= 0 && beta2 < 1, "beta2", "from 0 to below 1", beta2);
    Check.that(eps > 0, "eps", "above 0", eps);
    Check.that(weightDecay >= 0, "weight-decay", "0 or more", weightDecay);
  }
}

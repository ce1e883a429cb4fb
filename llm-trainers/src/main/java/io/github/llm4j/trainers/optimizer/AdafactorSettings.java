package io.github.llm4j.trainers.optimizer;

import io.github.llm4j.api.component.Default;
import io.github.llm4j.api.component.Doc;
import io.github.llm4j.trainers.run.Check;

/**
 * Settings of {@code adafactor}; the defaults are the paper's.
 *
 * @param lr peak learning rate
 * @param relativeStep whether the rate is multiplied by each parameter's root mean square, and at
 *     most 1 / sqrt(step)
 * @param decayExponent the second moment's decay is 1 - step^-decayExponent
 * @param clip bound of the root mean square of each parameter's step before the rate
 * @param eps1 added to squared gradients
 * @param eps2 least root mean square that a relative step counts with
 * @param beta1 decay of the momentum; 0 for none
 * @param weightDecay decay of matrices; gains and biases never decay
 */
@Doc("The second moment as a row and a column of each matrix: next to no memory.")
public record AdafactorSettings(
    @Doc("Peak learning rate.") @Default("1e-2") double lr,
    @Doc("Whether the rate, at most 1 / sqrt(step), is multiplied by each parameter's size.")
        @Default("true")
        boolean relativeStep,
    @Doc("The second moment's decay is 1 - step^-decay-exponent.") @Default("0.8")
        double decayExponent,
    @Doc("Bound of the root mean square of a parameter's step before the rate.") @Default("1")
        double clip,
    @Doc("Added to squared gradients.") @Default("1e-30") double eps1,
    @Doc("Least size of a parameter that a relative step counts with.") @Default("1e-3")
        double eps2,
    @Doc("Decay of the momentum, which takes a value a weight; 0 for none.") @Default("0")
        double beta1,
    @Doc("Decay of matrices, multiplied by the step's rate.") @Default("0") double weightDecay) {

  /** Checks the ranges. */
  public AdafactorSettings {
    Check.that(lr > 0 && Double.isFinite(lr), "lr", "above 0", lr);
    Check.that(
        decayExponent > 0 && decayExponent <= 1, "decay-exponent", "above 0, to 1", decayExponent);
    Check.that(clip > 0, "clip", "above 0", clip);
    Check.that(eps1 >= 1e-37, "eps1", "1e-37 or more, which F32 holds,", eps1);
    Check.that(eps2 > 0, "eps2", "above 0", eps2);
    Check.that(beta1 >= 0 && beta1 < 1, "beta1", "from 0 to below 1", beta1);
    Check.that(weightDecay >= 0, "weight-decay", "0 or more", weightDecay);
  }
}

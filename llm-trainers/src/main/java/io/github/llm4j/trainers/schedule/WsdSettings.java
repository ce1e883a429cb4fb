package io.github.llm4j.trainers.schedule;

import io.github.llm4j.api.component.Default;
import io.github.llm4j.api.component.Doc;
import io.github.llm4j.api.component.Percent;
import io.github.llm4j.trainers.run.Check;

/**
 * Settings of {@code wsd}.
 *
 * @param warmup steps of the warm-up, or a share of all steps, as 6%
 * @param decay steps of the decay, or a share of all steps
 * @param minLr learning rate at the end
 */
@Doc("Warm-up, stable, then a straight line down.")
public record WsdSettings(
    @Doc("Steps of the warm-up, or a share of all steps, as 6%.") @Default("0") @Percent
        double warmup,
    @Doc("Steps of the decay at the end, or a share of all steps.") @Default("20%") @Percent
        double decay,
    @Doc("Learning rate at the end.") @Default("0") double minLr) {

  /** Checks the ranges. */
  public WsdSettings {
    WarmUp.check("warmup", warmup);
    WarmUp.check("decay", decay);
    Check.that(minLr >= 0, "min-lr", "0 or more", minLr);
  }
}

package io.github.llm4j.trainers.schedule;

import io.github.llm4j.api.component.Default;
import io.github.llm4j.api.component.Doc;
import io.github.llm4j.api.component.Percent;
import io.github.llm4j.trainers.run.Check;

/**
 * Settings of {@code cosine}.
 *
 * @param warmup steps of the warm-up, or a share of all steps, as 6%
 * @param minLr learning rate at the end
 */
@Doc("Warm-up, then half a cosine down.")
public record CosineSettings(
    @Doc("Steps of the warm-up, or a share of all steps, as 6%.") @Default("0") @Percent
        double warmup,
    @Doc("Learning rate at the end.") @Default("0") double minLr) {

  /** Checks the ranges. */
  public CosineSettings {
    WarmUp.check("warmup", warmup);
    Check.that(minLr >= 0, "min-lr", "0 or more", minLr);
  }
}

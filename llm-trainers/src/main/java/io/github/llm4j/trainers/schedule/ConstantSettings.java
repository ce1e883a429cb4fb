package io.github.llm4j.trainers.schedule;

import io.github.llm4j.api.component.Default;
import io.github.llm4j.api.component.Doc;
import io.github.llm4j.api.component.Percent;

/**
 * Settings of {@code constant}.
 *
 * @param warmup steps of the warm-up, or a share of all steps, as 6%
 */
@Doc("Warm-up, then the peak.")
public record ConstantSettings(
    @Doc("Steps of the warm-up, or a share of all steps, as 6%.") @Default("0") @Percent
        double warmup) {

  /** Checks the range. */
  public ConstantSettings {
    WarmUp.check("warmup", warmup);
  }
}

package io.github.llm4j.trainers.run;

import io.github.llm4j.api.component.Default;
import io.github.llm4j.api.component.Doc;

/**
 * Averages the weights over the last steps.
 *
 * @param decay share of the average that stays in a step
 */
@Doc("Averages the weights over the last steps; evaluations and saved models take the average.")
public record EmaSettings(
    @Doc("Share of the average that stays in a step; less in the first steps.") @Default("0.999")
        double decay) {

  /** Checks the range. */
  public EmaSettings {
    Check.that(decay >= 0 && decay < 1, "decay", "from 0 to below 1", decay);
  }
}

package io.github.llm4j.trainers.run;

import io.github.llm4j.api.component.Default;
import io.github.llm4j.api.component.Doc;

/**
 * When the validation loss is measured.
 *
 * @param every steps between two evaluations; 0 for one at the end alone
 */
@Doc("When the validation loss is measured.")
public record EvaluateSettings(
    @Doc("Steps between two evaluations; 0 for one at the end alone.") @Default("0") long every) {

  /** Checks the range. */
  public EvaluateSettings {
    Check.that(every >= 0, "every", "0 or more", every);
  }
}

package io.github.llm4j.trainers.run;

import io.github.llm4j.api.component.Default;
import io.github.llm4j.api.component.Doc;

/**
 * Ends a run whose validation loss has stopped falling.
 *
 * @param patience evaluations in a row without a better loss
 * @param minDelta how much better counts, in nats
 */
@Doc("Ends a run whose validation loss has stopped falling.")
public record EarlyStopSettings(
    @Doc("Evaluations in a row without a better loss.") int patience,
    @Doc("How much better counts, in nats.") @Default("0") double minDelta) {

  /** Checks the ranges. */
  public EarlyStopSettings {
    Check.that(patience > 0, "patience", "1 or more", patience);
    Check.that(minDelta >= 0, "min-delta", "0 or more", minDelta);
  }
}

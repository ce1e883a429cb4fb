package io.github.llm4j.trainers.run;

import io.github.llm4j.api.component.Default;
import io.github.llm4j.api.component.Doc;

/**
 * When checkpoints are written besides those of the best evaluations and of the end.
 *
 * @param every steps between two; 0 for none by steps
 * @param minutes time between two at most; 0 for none by time
 * @param keep how many of the newest are kept, beside the best
 */
@Doc("When checkpoints are written besides those of the best evaluations and of the end.")
public record CheckpointSettings(
    @Doc("Steps between two; 0 for none by steps.") @Default("0") long every,
    @Doc("Minutes between two at most; 0 for none by time.") @Default("10") double minutes,
    @Doc("How many of the newest are kept, beside the best.") @Default("2") int keep) {

  /** Checks the ranges. */
  public CheckpointSettings {
    Check.that(every >= 0, "every", "0 or more", every);
    Check.that(minutes >= 0, "minutes", "0 or more", minutes);
    Check.that(keep >= 1, "keep", "1 or more", keep);
  }
}

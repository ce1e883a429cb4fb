package io.github.llm4j.trainers.run;

import io.github.llm4j.api.component.Default;
import io.github.llm4j.api.component.Doc;

/**
 * When steps are reported.
 *
 * @param every steps between two reports
 */
@Doc("When steps are reported.")
public record LogSettings(@Doc("Steps between two reports.") @Default("10") long every) {

  /** Checks the range. */
  public LogSettings {
    Check.that(every > 0, "every", "1 or more", every);
  }
}

package io.github.llm4j.trainers.run;

import io.github.llm4j.api.component.Doc;
import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import java.util.Optional;

/**
 * Size of a step.
 *
 * @param sequences rows of a step
 * @param tokens tokens of a step: so many rows that it isn't more
 * @param micro rows that are computed at once; their gradients are added up
 */
@Doc("Size of a step, in sequences or in tokens.")
public record BatchSettings(
    @Doc("Rows of a step.") Optional<Integer> sequences,
    @Doc("Tokens of a step; give these or sequences.") Optional<Integer> tokens,
    @Doc("Rows that are computed at once; all of a step by default.") Optional<Integer> micro) {

  /** Checks that the size is given once and that micro-batches fit in. */
  public BatchSettings {
    Check.that(
        sequences.isPresent() != tokens.isPresent(),
        "sequences",
        "either sequences or tokens",
        sequences.isPresent() ? "both" : "neither");
    sequences.ifPresent(n -> Check.that(n > 0, "sequences", "1 or more", n));
    tokens.ifPresent(n -> Check.that(n > 0, "tokens", "1 or more", n));
    micro.ifPresent(n -> Check.that(n > 0, "micro", "1 or more", n));
    if (sequences.isPresent() && micro.isPresent()) {
      fits(sequences.get(), micro.get());
    }
  }

  private static void fits(int rows, int micro) {
    Check.that(
        micro <= rows && rows % micro == 0,
        "micro",
        "a divisor of the step's " + rows + " sequences",
        micro);
  }

  /** Rows of a step. */
  public int rows(int contextLength) {
    int rows = sequences.orElseGet(() -> tokens.orElse(0) / contextLength);
    if (rows == 0) {
      throw new LlmException(
          ErrorKind.USER,
          "trainer.batch.tokens: context-length %d or more expected, found %d. Take more."
              .formatted(contextLength, tokens.orElse(0)));
    }
    return rows;
  }

  /** Rows of a micro-batch. */
  public int microRows(int contextLength) {
    int rows = rows(contextLength);
    int wanted = micro.orElse(rows);
    if (rows % wanted != 0) {
      throw new LlmException(
          ErrorKind.USER,
          "trainer.batch.micro: a divisor of the step's %d sequences expected, found %d. Change it."
              .formatted(rows, wanted));
    }
    return wanted;
  }
}

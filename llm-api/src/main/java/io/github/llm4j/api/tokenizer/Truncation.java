package io.github.llm4j.api.tokenizer;

/**
 * How an input that is too long is cut.
 *
 * @param maxLength the most tokens of an input, special ones included
 * @param strategy which of two texts is cut
 * @param stride how many tokens a part shares with the one before it, in the overflow
 * @param side where tokens are taken away
 * @param overflow whether what is cut off becomes further encodings
 */
public record Truncation(
    int maxLength, Strategy strategy, int stride, Side side, boolean overflow) {

  /** Which of two texts is cut. */
  public enum Strategy {
    /** The longer one, until both are equally long, then both. */
    LONGEST_FIRST,
    /** The first one alone. */
    ONLY_FIRST,
    /** The second one alone. */
    ONLY_SECOND
  }

  /** Checks lengths. */
  public Truncation {
    if (maxLength < 0 || stride < 0) {
      throw InputEncoder.user(
          "truncation: a maximal length and a stride of 0 or more expected, found %d and %d."
              .formatted(maxLength, stride));
    }
  }

  /** Cuts at the end, the longest first, and drops what is cut off. */
  public static Truncation to(int maxLength) {
    return new Truncation(maxLength, Strategy.LONGEST_FIRST, 0, Side.RIGHT, false);
  }
}

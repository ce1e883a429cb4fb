package io.github.llm4j.api.tokenizer;

/**
 * How an input that is too short is filled up.
 *
 * @param length to so many tokens; {@link #LONGEST} for as many as the longest of the batch has
 * @param multipleOf then to the next multiple of this; 0 or 1 for none
 * @param side where it is filled up
 * @param id id of the token that fills
 * @param type its type
 */
public record Padding(int length, int multipleOf, Side side, int id, int type) {
  /** A length that is that of the longest input of a batch. */
  public static final int LONGEST = -1;

  /** Checks lengths. */
  public Padding {
    if (length < LONGEST || multipleOf < 0 || id < 0 || type < 0) {
      throw InputEncoder.user(
          "padding: a length, a multiple, an id and a type of 0 or more expected, found %d, %d, %d and %d."
              .formatted(length, multipleOf, id, type));
    }
  }

  /** Fills up at the end to the longest of a batch. */
  public static Padding longest(int id) {
    return new Padding(LONGEST, 0, Side.RIGHT, id, 0);
  }

  /** Fills up at the end to a length. */
  public static Padding to(int length, int id) {
    return new Padding(length, 0, Side.RIGHT, id, 0);
  }
}

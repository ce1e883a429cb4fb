package io.github.llm4j.trainers.loop;

/** Places of tokens in full rows. */
final class Positions {
  private Positions() {}

  /** {@code [B, T]}: 0, 1, 2, … in each row. */
  static int[] of(int rows, int length) {
    int[] positions = new int[rows * length];
    for (int i = 0; i < positions.length; i++) {
      positions[i] = i % length;
    }
    return positions;
  }
}

package io.github.llm4j.trainers.data;

/**
 * Rows of ids with their targets, filled again for each use.
 *
 * @param rows number of rows (B)
 * @param length ids of a row (T)
 * @param ids {@code [B, T]}
 * @param targets {@code [B, T]}: the id that follows, negative where none is
 */
// plain buffers by intent: they are copied to a plan's inputs, and equality is identity
@SuppressWarnings("ArrayRecordComponent")
public record Batch(int rows, int length, int[] ids, int[] targets) {

  /** A batch without contents. */
  public static Batch of(int rows, int length) {
    return new Batch(rows, length, new int[rows * length], new int[rows * length]);
  }

  /** Number of targets. */
  public long count() {
    long count = 0;
    for (int target : targets) {
      count += target >= 0 ? 1 : 0;
    }
    return count;
  }

  /** Copies a window of ids; what lies behind the last target becomes padding. */
  void fill(int row, Tokens tokens, long from) {
    int at = row * length;
    for (int i = 0; i < length; i++) {
      boolean inside = from + i + 1 < tokens.count();
      ids[at + i] = inside ? tokens.at(from + i) : 0;
      targets[at + i] = inside ? tokens.at(from + i + 1) : -1;
    }
  }
}

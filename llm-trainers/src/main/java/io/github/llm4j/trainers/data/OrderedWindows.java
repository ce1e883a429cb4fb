package io.github.llm4j.trainers.data;

/**
 * A whole text in windows one behind the other: every id but the first is a target once.
 *
 * @param tokens the text
 * @param length ids of a window (T)
 */
public record OrderedWindows(Tokens tokens, int length) {

  /** Number of targets. */
  public long targets() {
    return tokens.count() - 1;
  }

  /** Number of windows; the last may be cut. */
  public long windows() {
    return (targets() + length - 1) / length;
  }

  /** Fills a batch with the windows from {@code first} on; rows behind the last have no targets. */
  public void fill(Batch batch, long first) {
    for (int row = 0; row < batch.rows(); row++) {
      batch.fill(row, tokens, (first + row) * length);
    }
  }
}

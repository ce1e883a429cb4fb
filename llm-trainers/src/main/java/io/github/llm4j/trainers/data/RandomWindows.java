package io.github.llm4j.trainers.data;

import io.github.llm4j.api.random.Philox;

/**
 * Windows at random places of a long text. Where a row begins is a function of (seed, step, row)
 * alone: the same for any split into micro-batches, any number of threads, and after a resume.
 *
 * @param tokens the text
 * @param length ids of a window (T); the text has more
 * @param seed the run's seed
 */
public record RandomWindows(Tokens tokens, int length, long seed) {
  private static final int KEY = Philox.key("data/windows");

  /**
   * Fills a batch.
   *
   * @param step counts from 0
   * @param firstRow global index of the batch's first row in the step
   */
  public void fill(Batch batch, long step, int firstRow) {
    for (int row = 0; row < batch.rows(); row++) {
      batch.fill(row, tokens, start(step, firstRow + row));
    }
  }

  /** First id of a row: uniform over all places that have length + 1 ids. */
  long start(long step, int row) {
    int low = Math.toIntExact(step);
    long high = Philox.word(seed, KEY, low, row, 0) & 0xFFFFFFFFL;
    long bits = (high << 32) | (Philox.word(seed, KEY, low, row, 1) & 0xFFFFFFFFL);
    return Math.unsignedMultiplyHigh(bits, tokens.count() - length);
  }
}

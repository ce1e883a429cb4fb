package io.github.llm4j.trainers.data;

import io.github.llm4j.api.random.Philox;
import java.util.List;

/**
 * Windows at random places of long texts. Where a row begins is a function of (seed, step, row)
 * alone: the same for any split into micro-batches, any number of threads, and after a resume.
 *
 * @param sources the texts, each with more than {@code length} ids
 * @param length ids of a window (T)
 * @param seed the run's seed
 */
public record RandomWindows(List<Source> sources, int length, long seed) {
  private static final int KEY = Philox.key("data/windows");
  private static final int CHOICE_KEY = Philox.key("data/mix");

  /** Copies the list. */
  public RandomWindows {
    sources = List.copyOf(sources);
  }

  /** Windows of one text. */
  public static RandomWindows of(Tokens tokens, int length, long seed) {
    return new RandomWindows(List.of(new Source(tokens, 1)), length, seed);
  }

  /**
   * Fills a batch.
   *
   * @param step counts from 0
   * @param firstRow global index of the batch's first row in the step
   */
  public void fill(Batch batch, long step, int firstRow) {
    for (int row = 0; row < batch.rows(); row++) {
      fill(batch, row, step, firstRow);
    }
  }

  /** Fills one row of a batch. */
  public void fill(Batch batch, int row, long step, int firstRow) {
    Tokens tokens = sources.get(source(step, firstRow + row)).tokens();
    batch.fill(row, tokens, start(tokens, step, firstRow + row));
  }

  /** Which text a row is of: one in proportion to its weight. */
  int source(long step, int row) {
    if (sources.size() == 1) {
      return 0;
    }
    double sum = sources.stream().mapToDouble(Source::weight).sum();
    long word = Philox.word(seed, CHOICE_KEY, Math.toIntExact(step), row, 0) & 0xFFFFFFFFL;
    double left = (double) word * 0x1p-32 * sum;
    int chosen = 0;
    while (chosen < sources.size() - 1 && left >= sources.get(chosen).weight()) {
      left -= sources.get(chosen++).weight();
    }
    return chosen;
  }

  /** First id of a row: uniform over all places that have length + 1 ids. */
  long start(Tokens tokens, long step, int row) {
    int low = Math.toIntExact(step);
    long high = Philox.word(seed, KEY, low, row, 0) & 0xFFFFFFFFL;
    long bits = (high << 32) | (Philox.word(seed, KEY, low, row, 1) & 0xFFFFFFFFL);
    return Math.unsignedMultiplyHigh(bits, tokens.count() - length);
  }
}

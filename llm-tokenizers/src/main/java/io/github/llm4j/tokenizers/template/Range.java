package io.github.llm4j.tokenizers.template;

import java.util.AbstractList;
import java.util.RandomAccess;

/** Whole numbers at equal distances, none of which is stored. */
final class Range extends AbstractList<Object> implements RandomAccess {
  /** As many as Jinja's sandbox lets a template make. */
  private static final long LONGEST = 100_000;

  private final long start;
  private final long stop;
  private final long step;
  private final int size;

  Range(long start, long stop, long step) {
    if (step == 0) {
      throw new Fault("a step other than 0 expected in range(), found 0.");
    }
    // Distances are taken as doubles first, because a difference of two longs may overflow.
    double count = Math.ceil(((double) stop - (double) start) / (double) step);
    if (count > LONGEST) {
      throw new Fault(
          "a range of at most %d numbers expected, found range(%d, %d, %d)."
              .formatted(LONGEST, start, stop, step));
    }
    this.start = start;
    this.stop = stop;
    this.step = step;
    this.size = (int) Math.max(0, count);
  }

  /** A part of it, from one place to another. */
  Range slice(int from, int to, int by) {
    return new Range(start + from * step, start + to * step, step * by);
  }

  @Override
  public Object get(int index) {
    return start + index * step;
  }

  @Override
  public int size() {
    return size;
  }

  String text() {
    return step == 1
        ? "range(%d, %d)".formatted(start, stop)
        : "range(%d, %d, %d)".formatted(start, stop, step);
  }
}

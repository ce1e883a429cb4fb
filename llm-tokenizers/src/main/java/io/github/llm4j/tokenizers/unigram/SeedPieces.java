package io.github.llm4j.tokenizers.unigram;

import java.util.Arrays;

/**
 * Candidates for pieces: a stretch of a word, its characters, and how often it occurs. Keeps those
 * that cover the most characters; of equal ones, the first of the pool. Threading: one thread.
 */
final class SeedPieces {
  private final int most;
  private long[] covers = new long[16]; // negative, so that sorting puts the greatest first
  private long[] stretches = new long[16]; // first byte and number of bytes
  private int size;

  SeedPieces(int most) {
    this.most = most;
  }

  void add(long covered, int from, int bytes) {
    if (size >= 4L * most) {
      keepBest();
    }
    if (size == covers.length) {
      covers = Arrays.copyOf(covers, 2 * size);
      stretches = Arrays.copyOf(stretches, 2 * size);
    }
    covers[size] = -covered;
    stretches[size++] = (long) from << 32 | bytes;
  }

  void addAll(SeedPieces others) {
    for (int i = 0; i < others.size; i++) {
      add(-others.covers[i], others.from(i), others.bytes(i));
    }
  }

  /** Leaves the best ones only. */
  void keepBest() {
    if (size <= most) {
      return;
    }
    long[] sorted = Arrays.copyOf(covers, size);
    Arrays.sort(sorted);
    long last = sorted[most - 1];
    int better = Arrays.binarySearch(sorted, last);
    while (better > 0 && sorted[better - 1] == last) {
      better--;
    }
    // of those that cover as much as the last one, the first of the pool
    long[] equal = new long[size];
    int equals = 0;
    for (int i = 0; i < size; i++) {
      if (covers[i] == last) {
        equal[equals++] = stretches[i];
      }
    }
    Arrays.sort(equal, 0, equals);
    long lastEqual = equal[most - better - 1];
    int kept = 0;
    for (int i = 0; i < size; i++) {
      if (covers[i] < last || covers[i] == last && stretches[i] <= lastEqual) {
        covers[kept] = covers[i];
        stretches[kept++] = stretches[i];
      }
    }
    size = kept;
  }

  int size() {
    return size;
  }

  long covered(int i) {
    return -covers[i];
  }

  int from(int i) {
    return (int) (stretches[i] >>> 32);
  }

  int bytes(int i) {
    return (int) stretches[i];
  }
}

package io.github.llm4j.tokenizers.bpe;

import java.util.Arrays;

/**
 * Pairs by count, then as ties are decided. Counts only fall, so an entry may be out of date: it is
 * put back with its real count when it comes up.
 */
final class PairHeap {
  private final Pairs pairs;
  private final Ties ties;
  private int[] entries = new int[1024];
  private long[] counts = new long[1024];
  private int size;

  PairHeap(Pairs pairs, Ties ties) {
    this.pairs = pairs;
    this.ties = ties;
  }

  /** Adds the pairs from {@code from} on that are frequent; the others will never be. */
  void addAll(int from) {
    for (int pair = from; pair < pairs.size(); pair++) {
      if (pairs.isFrequent(pair)) {
        add(pair);
      }
    }
    pairs.forgetRare(from);
  }

  private void add(int pair) {
    if (size == entries.length) {
      entries = Arrays.copyOf(entries, 2 * size);
      counts = Arrays.copyOf(counts, 2 * size);
    }
    long count = pairs.count(pair);
    int at = size++;
    while (at > 0 && before(pair, count, (at - 1) >> 1)) {
      entries[at] = entries[(at - 1) >> 1];
      counts[at] = counts[(at - 1) >> 1];
      at = (at - 1) >> 1;
    }
    entries[at] = pair;
    counts[at] = count;
  }

  private boolean before(int pair, long count, int at) {
    if (count != counts[at]) {
      return count > counts[at];
    }
    int other = entries[at];
    return ties.compare(pairs.left(pair), pairs.right(pair), pairs.left(other), pairs.right(other))
        > 0;
  }

  /** Takes the first pair; -1 if none is frequent any more. */
  int poll() {
    while (size > 0) {
      int pair = entries[0];
      long count = counts[0];
      removeFirst();
      if (pairs.count(pair) == count) {
        return pair;
      }
      if (pairs.isFrequent(pair)) {
        add(pair);
      }
    }
    return -1;
  }

  private void removeFirst() {
    int pair = entries[--size];
    long count = counts[size];
    int at = 0;
    while (2 * at + 1 < size) {
      int child = 2 * at + 1;
      if (child + 1 < size && before(entries[child + 1], counts[child + 1], child)) {
        child++;
      }
      if (before(pair, count, child)) {
        break;
      }
      entries[at] = entries[child];
      counts[at] = counts[child];
      at = child;
    }
    entries[at] = pair;
    counts[at] = count;
  }
}

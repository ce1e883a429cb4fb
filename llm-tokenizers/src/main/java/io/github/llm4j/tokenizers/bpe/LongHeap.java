package io.github.llm4j.tokenizers.bpe;

import java.util.Arrays;

/** The least of a changing set of numbers. */
final class LongHeap {
  private static final int MOST_KEPT = 1 << 17;

  private long[] items = new long[64];
  private int size;

  boolean isEmpty() {
    return size == 0;
  }

  /** Forgets all; a large buffer is let go. */
  void clear() {
    size = 0;
    if (items.length > MOST_KEPT) {
      items = new long[64];
    }
  }

  void add(long item) {
    if (size == items.length) {
      items = Arrays.copyOf(items, Math.addExact(size, size >> 1));
    }
    int at = size++;
    while (at > 0 && items[(at - 1) >> 1] > item) {
      items[at] = items[(at - 1) >> 1];
      at = (at - 1) >> 1;
    }
    items[at] = item;
  }

  /** Takes the least. */
  long poll() {
    long least = items[0];
    long last = items[--size];
    int at = 0;
    while (2 * at + 1 < size) {
      int child = 2 * at + 1;
      if (child + 1 < size && items[child + 1] < items[child]) {
        child++;
      }
      if (items[child] >= last) {
        break;
      }
      items[at] = items[child];
      at = child;
    }
    items[at] = last;
    return least;
  }
}

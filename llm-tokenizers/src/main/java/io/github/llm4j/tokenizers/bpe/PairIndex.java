package io.github.llm4j.tokenizers.bpe;

import java.util.Arrays;

/** Numbers pairs in the order in which they are first met. */
final class PairIndex {
  private long[] slots = new long[2 << 12];
  private int size;

  PairIndex() {
    Arrays.fill(slots, -1);
  }

  /** Number of a pair; one that isn't there gets {@code fresh}. */
  int find(long pair, int fresh) {
    int mask = slots.length / 2 - 1;
    int at = place(pair, mask);
    if (slots[2 * at] == pair) {
      return (int) slots[2 * at + 1];
    }
    slots[2 * at] = pair;
    slots[2 * at + 1] = fresh;
    if (++size > slots.length / 4) {
      grow();
    }
    return fresh;
  }

  private int place(long pair, int mask) {
    long h = pair * 0x9E3779B97F4A7C15L;
    int at = ((int) (h >>> 32) ^ (int) (h >>> 47)) & mask;
    while (slots[2 * at] != -1 && slots[2 * at] != pair) {
      at = (at + 1) & mask;
    }
    return at;
  }

  private void grow() {
    long[] old = slots;
    slots = new long[2 * old.length];
    Arrays.fill(slots, -1);
    int mask = slots.length / 2 - 1;
    for (int i = 0; i < old.length; i += 2) {
      if (old[i] != -1) {
        int at = place(old[i], mask);
        slots[2 * at] = old[i];
        slots[2 * at + 1] = old[i + 1];
      }
    }
  }
}

package io.github.llm4j.tokenizers.bpe;

import java.util.Arrays;

/**
 * From two ids to what they merge to: open addressing in one array, never full. Threading:
 * immutable once filled.
 */
final class PairTable {
  /** Nothing: greater than every merge, so the least merge is always one. */
  static final long NONE = Long.MAX_VALUE;

  private final long[] slots;
  private final int mask;

  PairTable(int merges) {
    int capacity = Integer.highestOneBit(Math.max(8, merges) * 2 - 1) * 2;
    slots = new long[2 * capacity];
    mask = capacity - 1;
    Arrays.fill(slots, -1);
  }

  static long pair(int left, int right) {
    return (long) left << 32 | right;
  }

  private static int hash(long pair) {
    long h = pair * 0x9E3779B97F4A7C15L;
    return (int) (h >>> 32) ^ (int) (h >>> 47);
  }

  /** Adds a merge; of two for one pair the first stays. */
  void put(int left, int right, int rank, int id) {
    long pair = pair(left, right);
    int at = hash(pair) & mask;
    while (slots[2 * at] != -1) {
      if (slots[2 * at] == pair) {
        return;
      }
      at = (at + 1) & mask;
    }
    slots[2 * at] = pair;
    slots[2 * at + 1] = (long) rank << 32 | id;
  }

  /** Rank of the merge in the high half, its id in the low; {@link #NONE} if there is none. */
  long find(int left, int right) {
    long pair = pair(left, right);
    int at = hash(pair) & mask;
    while (true) {
      long found = slots[2 * at];
      if (found == pair) {
        return slots[2 * at + 1];
      }
      if (found == -1) {
        return NONE;
      }
      at = (at + 1) & mask;
    }
  }
}

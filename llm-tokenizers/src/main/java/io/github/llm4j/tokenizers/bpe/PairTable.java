package io.github.llm4j.tokenizers.bpe;

import java.util.Arrays;
import java.util.BitSet;

/**
 * From two ids to what they merge to: open addressing in one array, never full. Threading:
 * immutable once filled.
 */
final class PairTable {
  /** Nothing: greater than every merge, so the least merge is always one. */
  static final long NONE = Long.MAX_VALUE;

  private final long[] slots;
  private final int mask;
  private final int[] made;
  private final BitSet all = new BitSet();
  private boolean oneToOne = true;

  PairTable(int merges) {
    int capacity = Integer.highestOneBit(Math.max(8, merges) * 2 - 1) * 2;
    slots = new long[2 * capacity];
    made = new int[merges];
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

  /** Adds a merge; of two for one pair the last stays. */
  void put(int left, int right, int rank, int id) {
    long pair = pair(left, right);
    int at = hash(pair) & mask;
    while (slots[2 * at] != -1 && slots[2 * at] != pair) {
      at = (at + 1) & mask;
    }
    made[rank] = id;
    oneToOne &= !all.get(id);
    all.set(id);
    slots[2 * at] = pair;
    slots[2 * at + 1] = (long) rank << 32 | id;
  }

  /** Id of what the merge of a rank makes. */
  int made(int rank) {
    return made[rank];
  }

  /** Whether no two merges make the same token. */
  boolean isOneToOne() {
    return oneToOne;
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

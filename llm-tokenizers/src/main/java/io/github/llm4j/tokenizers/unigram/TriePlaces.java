package io.github.llm4j.tokenizers.unigram;

import java.util.Arrays;

/**
 * Places for the children of a trie's nodes, in blocks of 256: a node's children lie in one block.
 * Only the last blocks are searched, so a node takes constant time.
 */
final class TriePlaces {
  /** The base of nodes without children: its block stays empty. */
  static final int CHILDLESS = 0;

  private static final int BLOCK = 256;
  private static final int SEARCHED = 16;
  private static final int WORDS = BLOCK / 64;

  private long[] units = new long[64 * BLOCK];
  private int size;

  // one bit a place: whether it is free; whether it may still be a base
  private long[] free = new long[64 * WORDS];
  private long[] bases = new long[64 * WORDS];

  TriePlaces() {
    addBlock(); // for CHILDLESS
    Arrays.fill(free, 0, WORDS, 0);
  }

  long get(int place) {
    return units[place];
  }

  void set(int place, long unit) {
    units[place] = unit;
  }

  /** All of them. */
  long[] units() {
    return Arrays.copyOf(units, size);
  }

  /** Takes places for children by these bytes, notes the bytes there, and returns the base. */
  int take(int[] bytes, int children) {
    int blocks = size / BLOCK;
    for (int block = Math.max(0, blocks - SEARCHED); block < blocks; block++) {
      int base = search(block, bytes, children);
      if (base >= 0) {
        return take(base, bytes, children);
      }
    }
    addBlock();
    return take(search(blocks, bytes, children), bytes, children);
  }

  private int take(int base, int[] bytes, int children) {
    bases[base >> 6] &= ~(1L << base);
    for (int i = 0; i < children; i++) {
      int place = base ^ bytes[i];
      free[place >> 6] &= ~(1L << place);
      units[place] = PieceTrie.unit(bytes[i], CHILDLESS, -1);
    }
    return base;
  }

  private int search(int block, int[] bytes, int children) {
    for (int w = block * WORDS; w < (block + 1) * WORDS; w++) {
      for (long left = free[w]; left != 0; left &= left - 1) {
        int base = (w << 6 | Long.numberOfTrailingZeros(left)) ^ bytes[0];
        if (isSet(bases, base) && fits(base, bytes, children)) {
          return base;
        }
      }
    }
    return -1;
  }

  private boolean fits(int base, int[] bytes, int children) {
    for (int i = 1; i < children; i++) {
      if (!isSet(free, base ^ bytes[i])) {
        return false;
      }
    }
    return true;
  }

  private static boolean isSet(long[] bits, int i) {
    return (bits[i >> 6] >>> i & 1) != 0;
  }

  private void addBlock() {
    if (size == units.length) {
      units = Arrays.copyOf(units, 2 * size);
      free = Arrays.copyOf(free, units.length / 64);
      bases = Arrays.copyOf(bases, units.length / 64);
    }
    Arrays.fill(units, size, size + BLOCK, PieceTrie.EMPTY);
    Arrays.fill(free, size / 64, size / 64 + WORDS, -1L);
    Arrays.fill(bases, size / 64, size / 64 + WORDS, -1L);
    size += BLOCK;
  }
}

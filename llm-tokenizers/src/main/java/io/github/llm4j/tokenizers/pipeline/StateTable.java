package io.github.llm4j.tokenizers.pipeline;

import java.util.Arrays;

/** Transitions of an automaton: from a state by a byte to a state, in open addressing. */
final class StateTable {
  private static final int NONE = -1;

  private final long[] keys;
  private final int[] targets;
  private final int mask;

  /** Room for as many transitions as there can be states. */
  StateTable(int states) {
    int places = Integer.highestOneBit(Math.max(4, states) - 1) << 2;
    keys = new long[places];
    targets = new int[places];
    mask = places - 1;
    Arrays.fill(targets, NONE);
  }

  private int place(long key) {
    long h = key * 0x9E3779B97F4A7C15L;
    int place = (int) (h >>> 32) & mask;
    while (targets[place] != NONE && keys[place] != key) {
      place = place + 1 & mask;
    }
    return place;
  }

  private static long key(int state, byte b) {
    return (long) state << 8 | (b & 0xFF);
  }

  /** The state that a byte leads to; -1 if there is none. */
  int get(int state, byte b) {
    return targets[place(key(state, b))];
  }

  void put(int state, byte b, int target) {
    int place = place(key(state, b));
    keys[place] = key(state, b);
    targets[place] = target;
  }
}

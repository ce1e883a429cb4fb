package io.github.llm4j.tokenizers.wordpiece;

import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import java.util.Arrays;

/**
 * A trie of byte strings with two roots: what a word begins with, and what goes on inside it. A
 * parent's number is always below its children's. Threading: immutable once filled.
 */
final class TokenTrie {
  static final int WORD = 0;
  static final int REST = 1;
  static final int NONE = -1;

  private static final int TARGET_BITS = 28;
  private static final int MOST = 1 << TARGET_BITS;

  /** Steps in open addressing, never more than half full: state, byte, state. */
  private long[] slots = new long[1 << 12];

  private int states = 2;
  private int[] parents = new int[1 << 10];
  private byte[] bytes = new byte[1 << 10];
  private int[] tokens = new int[1 << 10];

  TokenTrie() {
    Arrays.fill(slots, -1);
    Arrays.fill(tokens, NONE);
  }

  /** Adds a token's bytes from {@code from} on below a root. */
  void add(int root, byte[] token, int from, int id) {
    int state = root;
    for (int i = from; i < token.length; i++) {
      int to = next(state, token[i]);
      state = to < 0 ? grow(state, token[i]) : to;
    }
    tokens[state] = id;
  }

  private int grow(int state, byte b) {
    if (states == MOST) {
      throw new LlmException(
          ErrorKind.RESOURCES,
          "tokenizer 'wordpiece': a vocabulary of at most %,d different bytes expected, found more. Use a smaller one."
              .formatted(MOST));
    }
    if (states == parents.length) {
      int room = (int) Math.min(MOST, states * 2L);
      parents = Arrays.copyOf(parents, room);
      bytes = Arrays.copyOf(bytes, room);
      tokens = Arrays.copyOf(tokens, room);
      Arrays.fill(tokens, states, room, NONE);
    }
    if (states > slots.length / 2) {
      rehash();
    }
    put((long) state << 8 | (b & 0xFF), states);
    parents[states] = state;
    bytes[states] = b;
    return states++;
  }

  private void put(long key, int target) {
    int mask = slots.length - 1;
    int at = place(key) & mask;
    while (slots[at] >= 0) {
      at = at + 1 & mask;
    }
    slots[at] = key << TARGET_BITS | target;
  }

  private static int place(long key) {
    return (int) (key * 0x9E3779B97F4A7C15L >>> 32);
  }

  private void rehash() {
    long[] old = slots;
    slots = new long[2 * old.length];
    Arrays.fill(slots, -1);
    for (long slot : old) {
      if (slot >= 0) {
        put(slot >>> TARGET_BITS, (int) slot & MOST - 1);
      }
    }
  }

  /** The state that a byte leads to; {@link #NONE} if there is none. */
  int next(int state, byte b) {
    long key = (long) state << 8 | (b & 0xFF);
    int mask = slots.length - 1;
    int at = place(key) & mask;
    while (true) {
      long slot = slots[at];
      if (slot >>> TARGET_BITS == key) {
        return (int) slot & MOST - 1;
      }
      if (slot < 0) {
        return NONE;
      }
      at = at + 1 & mask;
    }
  }

  /** Number of states. */
  int size() {
    return states;
  }

  /** The state before this one. */
  int parent(int state) {
    return parents[state];
  }

  /** The byte that leads to a state. */
  byte by(int state) {
    return bytes[state];
  }

  /** The token that ends in a state; {@link #NONE} if none does. */
  int token(int state) {
    return tokens[state];
  }
}

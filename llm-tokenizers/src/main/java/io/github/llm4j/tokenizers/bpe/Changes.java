package io.github.llm4j.tokenizers.bpe;

import java.util.Arrays;

/** What merging in some words changes: pairs, by how much, and in which word. */
final class Changes {
  private long[] pairs = new long[256];
  private long[] deltas = new long[256];
  private int[] words = new int[256];
  private int size;

  void clear() {
    size = 0;
  }

  void add(int left, int right, long delta, int word) {
    if (size == pairs.length) {
      pairs = Arrays.copyOf(pairs, 2 * size);
      deltas = Arrays.copyOf(deltas, 2 * size);
      words = Arrays.copyOf(words, 2 * size);
    }
    pairs[size] = PairTable.pair(left, right);
    deltas[size] = delta;
    words[size++] = word;
  }

  int size() {
    return size;
  }

  long pair(int i) {
    return pairs[i];
  }

  long delta(int i) {
    return deltas[i];
  }

  int word(int i) {
    return words[i];
  }
}

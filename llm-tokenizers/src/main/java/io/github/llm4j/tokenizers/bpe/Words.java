package io.github.llm4j.tokenizers.bpe;

import java.util.Arrays;

/**
 * Different words as symbols, with their counts. Threading: different words may be merged at once.
 */
final class Words {
  private final long[] counts;
  private final long[] starts;
  private final int[] lengths;

  /** Symbols of all words, in stretches, since one array may be too short. */
  private final int[][] symbols;

  private static final int STRETCH = 1 << 24;

  /** A word's symbols are its bytes. */
  static final Splitter BYTES =
      (pool, from, length, into, at) -> {
        for (int i = 0; i < length; i++) {
          into[at + i] = pool[from + i] & 0xFF;
        }
        return length;
      };

  /** Takes words apart into the symbols that they begin as. */
  interface Splitter {
    /** Writes the symbols of a word of UTF-8, at most one for each byte; gives their number. */
    int split(byte[] pool, int from, int length, int[] into, int at);
  }

  Words(WordCounts words, Splitter splitter) {
    int n = words.size();
    counts = new long[n];
    starts = new long[n];
    lengths = new int[n];
    int[][] stretches = new int[16][];
    int stretch = -1;
    int used = 0;
    for (int w = 0; w < n; w++) {
      byte[] pool = words.pool();
      int from = words.start(w);
      int length = words.length(w);
      if (stretch < 0 || used + length > stretches[stretch].length) {
        stretch++;
        if (stretch == stretches.length) {
          stretches = Arrays.copyOf(stretches, 2 * stretch);
        }
        stretches[stretch] = new int[Math.max(length, Math.min(STRETCH, words.poolSize() + 1))];
        used = 0;
      }
      counts[w] = words.count(w);
      starts[w] = (long) stretch << 32 | used;
      lengths[w] = splitter.split(pool, from, length, stretches[stretch], used);
      used += lengths[w];
    }
    symbols = Arrays.copyOf(stretches, stretch + 1);
  }

  int size() {
    return counts.length;
  }

  long count(int word) {
    return counts[word];
  }

  int length(int word) {
    return lengths[word];
  }

  int symbol(int word, int i) {
    return symbols[(int) (starts[word] >>> 32)][(int) starts[word] + i];
  }

  /** Merges a pair wherever it stands, from the left, and notes which pairs that changes. */
  void merge(int word, int left, int right, int symbol, Changes changes) {
    int[] at = symbols[(int) (starts[word] >>> 32)];
    int start = (int) starts[word];
    int end = start + lengths[word];
    long count = counts[word];
    int to = start;
    int from = start;
    while (from < end) {
      if (at[from] != left || from + 1 == end || at[from + 1] != right) {
        at[to++] = at[from++];
        continue;
      }
      if (to > start) {
        changes.add(at[to - 1], left, -count, word);
        changes.add(at[to - 1], symbol, count, word);
      }
      if (from + 2 < end) {
        changes.add(right, at[from + 2], -count, word);
        changes.add(symbol, at[from + 2], count, word);
      }
      at[to++] = symbol;
      from += 2;
    }
    lengths[word] = to - start;
  }
}

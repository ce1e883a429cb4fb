package io.github.llm4j.tokenizers.bpe;

import io.github.llm4j.api.worker.Workers;
import java.util.Arrays;

/**
 * Pairs of neighbours: how often each occurs and in which words. A pair's words are all noted in
 * the merge that makes its newer symbol; later merges only take from it.
 */
final class Pairs {
  private static final int[] NONE = {};

  private final PairIndex index = new PairIndex();
  private final long minCount;
  private long[] pairs = new long[1024];
  private long[] counts = new long[1024];
  private int[][] words = new int[1024][];
  private int[] wordCounts = new int[1024];
  private int size;

  private Pairs(long minCount) {
    this.minCount = minCount;
  }

  /** Counts the pairs of bytes, on all workers. */
  static Pairs count(Words words, long minCount, Workers workers) {
    int parts = words.size() < 1000 ? 1 : workers.count();
    ByteCounts[] counted = new ByteCounts[parts];
    workers.run(
        parts,
        (part, worker) -> {
          counted[part] = new ByteCounts();
          int from = (int) ((long) words.size() * part / parts);
          int to = (int) ((long) words.size() * (part + 1) / parts);
          for (int word = from; word < to; word++) {
            counted[part].add(words, word);
          }
        });
    Pairs pairs = new Pairs(minCount);
    for (int pair = 0; pair < 1 << 16; pair++) {
      int holders = 0;
      for (ByteCounts part : counted) {
        holders += part.holders[pair];
      }
      if (holders > 0) {
        int at = pairs.at(PairTable.pair(pair >> 8, pair & 0xFF));
        pairs.words[at] = new int[holders];
        for (ByteCounts part : counted) {
          pairs.counts[at] += part.counts[pair];
          System.arraycopy(
              part.words[pair], 0, pairs.words[at], pairs.wordCounts[at], part.holders[pair]);
          pairs.wordCounts[at] += part.holders[pair];
        }
      }
    }
    pairs.forgetRare(0);
    return pairs;
  }

  /** Pairs of bytes in some words. */
  private static final class ByteCounts {
    final long[] counts = new long[1 << 16];
    final int[][] words = new int[1 << 16][];
    final int[] holders = new int[1 << 16];

    ByteCounts() {
      Arrays.fill(words, NONE);
    }

    void add(Words all, int word) {
      for (int i = 0; i + 1 < all.length(word); i++) {
        int pair = all.symbol(word, i) << 8 | all.symbol(word, i + 1);
        counts[pair] += all.count(word);
        int[] list = words[pair];
        int n = holders[pair];
        if (n > 0 && list[n - 1] == word) {
          continue;
        }
        if (n == list.length) {
          list = Arrays.copyOf(list, Math.max(4, 2 * n));
          words[pair] = list;
        }
        list[n] = word;
        holders[pair] = n + 1;
      }
    }
  }

  int size() {
    return size;
  }

  int left(int pair) {
    return (int) (pairs[pair] >>> 32);
  }

  int right(int pair) {
    return (int) pairs[pair];
  }

  long count(int pair) {
    return counts[pair];
  }

  boolean isFrequent(int pair) {
    return counts[pair] >= minCount;
  }

  /** The words of a pair that is merged now: it won't occur any more. */
  int[] takeWords(int pair) {
    int[] taken = Arrays.copyOf(words[pair], wordCounts[pair]);
    words[pair] = NONE;
    wordCounts[pair] = 0;
    counts[pair] = 0;
    return taken;
  }

  /** Takes changes in: those that add are of pairs with the new symbol, new themselves. */
  void apply(Changes changes) {
    for (int i = 0; i < changes.size(); i++) {
      int at = at(changes.pair(i));
      counts[at] += changes.delta(i);
      int word = changes.word(i);
      if (changes.delta(i) > 0) {
        int n = wordCounts[at];
        if (n == 0 || words[at][n - 1] != word) {
          if (n == words[at].length) {
            words[at] = Arrays.copyOf(words[at], Math.max(2, 2 * n));
          }
          words[at][n] = word;
          wordCounts[at] = n + 1;
        }
      }
    }
  }

  /** Lets go of the words of new pairs that are too rare to be merged ever. */
  void forgetRare(int from) {
    for (int pair = from; pair < size; pair++) {
      if (!isFrequent(pair)) {
        words[pair] = NONE;
      }
    }
  }

  private int at(long pair) {
    int at = index.find(pair, size);
    if (at == size) {
      if (size == pairs.length) {
        pairs = Arrays.copyOf(pairs, 2 * size);
        counts = Arrays.copyOf(counts, 2 * size);
        words = Arrays.copyOf(words, 2 * size);
        wordCounts = Arrays.copyOf(wordCounts, 2 * size);
      }
      pairs[at] = pair;
      words[at] = NONE;
      size++;
    }
    return at;
  }
}

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

  /** Counts the pairs that words begin with, on all workers. */
  static Pairs count(Words words, long minCount, Workers workers) {
    int parts = words.size() < 1000 ? 1 : workers.count();
    Pairs[] counted = new Pairs[parts];
    workers.run(
        parts,
        (part, worker) -> {
          counted[part] = new Pairs(minCount);
          int from = (int) ((long) words.size() * part / parts);
          int to = (int) ((long) words.size() * (part + 1) / parts);
          for (int word = from; word < to; word++) {
            counted[part].add(words, word);
          }
        });
    Pairs pairs = counted[0];
    for (int part = 1; part < parts; part++) {
      pairs.addAll(counted[part]);
    }
    pairs.forgetRare(0);
    return pairs;
  }

  private void add(Words all, int word) {
    long count = all.count(word);
    for (int i = 0; i + 1 < all.length(word); i++) {
      int at = at(PairTable.pair(all.symbol(word, i), all.symbol(word, i + 1)));
      counts[at] += count;
      hold(at, word);
    }
  }

  private void addAll(Pairs other) {
    for (int pair = 0; pair < other.size; pair++) {
      int at = at(other.pairs[pair]);
      counts[at] += other.counts[pair];
      int more = other.wordCounts[pair];
      words[at] = Arrays.copyOf(words[at], wordCounts[at] + more);
      System.arraycopy(other.words[pair], 0, words[at], wordCounts[at], more);
      wordCounts[at] += more;
      other.words[pair] = NONE;
    }
  }

  /**
   * Notes that a word holds a pair; of a pair's words the last is the one that is looked at now.
   */
  private void hold(int pair, int word) {
    int n = wordCounts[pair];
    if (n > 0 && words[pair][n - 1] == word) {
      return;
    }
    if (n == words[pair].length) {
      words[pair] = Arrays.copyOf(words[pair], Math.max(2, 2 * n));
    }
    words[pair][n] = word;
    wordCounts[pair] = n + 1;
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
      if (changes.delta(i) > 0) {
        hold(at, changes.word(i));
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

package io.github.llm4j.tokenizers.bpe;

import io.github.llm4j.api.tokenizer.TokenizerContext;
import io.github.llm4j.api.worker.Workers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;

/**
 * Learns merges from counted words: again and again the pair of neighbours that occurs most often
 * becomes a symbol; which of equal ones, {@link Ties} say. Sennrich et al. 2016, algorithm 1.
 *
 * <p>Counts are changed where words change, and the words of a pair are kept with it, so a merge
 * costs what it changes. The result depends on nothing but the counts.
 */
public final class BpeLearner {
  /** Fewer words aren't worth waking others for. */
  private static final int WORTH_SHARING = 4096;

  private static final long NANOS_BETWEEN_REPORTS = 100_000_000;

  private final Words words;
  private final Pairs pairs;
  private final PairHeap heap;
  private final Ties ties;
  private int symbols;
  private final Workers workers;
  private final Changes[] changes;

  /**
   * Two symbols that become one. The first symbols are those that words begin as, bytes or
   * characters; then come the pairs in order.
   *
   * @param left the first
   * @param right the second
   */
  public record Pair(int left, int right) {}

  private BpeLearner(Words words, int symbols, Ties ties, long minCount, Workers workers) {
    this.workers = workers;
    this.words = words;
    this.symbols = symbols;
    this.ties = ties;
    this.pairs = Pairs.count(words, minCount, workers);
    this.heap = new PairHeap(pairs, ties);
    this.changes = new Changes[4 * workers.count()];
    for (int i = 0; i < changes.length; i++) {
      changes[i] = new Changes();
    }
    heap.addAll(0);
  }

  /**
   * Learns from words as their bytes, which are the first 256 symbols; of equal pairs the one whose
   * byte strings are lexicographically greater goes first.
   *
   * @param counts how often each word occurs
   * @param most number of merges, at most: fewer if no pair occurs often enough any more
   * @param minCount how often a pair must occur
   * @throws CancellationException if the progress says so
   */
  public static List<Pair> learn(
      WordCounts counts,
      int most,
      long minCount,
      Workers workers,
      TokenizerContext.Progress progress) {
    Words words = new Words(counts, Words.BYTES);
    return learn(new BpeLearner(words, 256, new SymbolBytes(), minCount, workers), most, progress);
  }

  /**
   * Learns from words as characters; of equal pairs the one of older symbols goes first, as in the
   * Rust library.
   */
  static List<Pair> learn(
      WordCounts counts,
      Alphabet alphabet,
      int most,
      long minCount,
      Workers workers,
      TokenizerContext.Progress progress) {
    Words words = new Words(counts, alphabet);
    return learn(
        new BpeLearner(words, alphabet.size(), Ties.OLDER, minCount, workers), most, progress);
  }

  private static List<Pair> learn(
      BpeLearner learner, int most, TokenizerContext.Progress progress) {
    List<Pair> learned = new ArrayList<>();
    long reported = System.nanoTime() - NANOS_BETWEEN_REPORTS;
    while (learned.size() < most) {
      if (System.nanoTime() - reported >= NANOS_BETWEEN_REPORTS) {
        reported = System.nanoTime();
        if (!progress.learned("merges", learned.size(), most)) {
          throw new CancellationException("tokenizer: learning was ended");
        }
      }
      int best = learner.heap.poll();
      if (best < 0) {
        break;
      }
      learned.add(learner.merge(best));
    }
    progress.learned("merges", learned.size(), learned.size());
    return learned;
  }

  private Pair merge(int best) {
    int left = pairs.left(best);
    int right = pairs.right(best);
    int symbol = symbols++;
    ties.add(left, right);
    int[] holders = pairs.takeWords(best);
    int parts = holders.length < WORTH_SHARING ? 1 : changes.length;
    workers.run(
        parts,
        (part, worker) -> {
          int from = (int) ((long) holders.length * part / parts);
          int to = (int) ((long) holders.length * (part + 1) / parts);
          changes[part].clear();
          for (int i = from; i < to; i++) {
            words.merge(holders[i], left, right, symbol, changes[part]);
          }
        });
    int before = pairs.size();
    for (int part = 0; part < parts; part++) {
      pairs.apply(changes[part]);
    }
    heap.addAll(before);
    return new Pair(left, right);
  }
}

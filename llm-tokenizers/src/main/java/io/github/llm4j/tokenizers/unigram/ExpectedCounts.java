package io.github.llm4j.tokenizers.unigram;

import io.github.llm4j.api.worker.Workers;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How often each piece is expected in the words, over all segmentations (the E step), and how often
 * it is in the best ones.
 *
 * <p>Counts are sums of whole numbers, in steps of 2^-k, so they are the same in any order, on any
 * number of threads.
 */
final class ExpectedCounts {
  /** Each part has a table as long as the vocabulary. */
  private static final int MOST_PARTS = 16;

  /** A word's logarithm may be this many times its length. */
  private static final double LOG_STEP = 64;

  private final LearnedWords words;
  private final Workers workers;
  private final double step;
  private final double steps;
  private double logarithm;

  ExpectedCounts(LearnedWords words, Workers workers) {
    this.words = words;
    this.workers = workers;
    int bits = Math.min(30, 61 - Math.getExponent((double) words.bytes() + 1));
    this.step = StrictMath.scalb(1.0, -bits);
    this.steps = StrictMath.scalb(1.0, bits);
  }

  /** Expected counts of pieces. */
  double[] expected(PieceSet pieces) {
    double[] probabilities = new double[pieces.size()];
    for (int i = 0; i < probabilities.length; i++) {
      probabilities[i] = StrictMath.exp(pieces.scores()[i]);
    }
    long[] sums =
        sum(
            pieces.size() + 2,
            table -> {
              Lattice lattice = new Lattice(pieces, probabilities);
              return word -> {
                lattice.set(words.pool(), words.start(word), words.end(word));
                double log = lattice.addShares(words.count(word) * steps, table);
                table[pieces.size() + 1] +=
                    Math.round(words.count(word) * log * (steps / LOG_STEP));
              };
            });
    double[] expected = new double[pieces.size()];
    for (int i = 0; i < expected.length; i++) {
      expected[i] = sums[i] * step;
    }
    logarithm = sums[pieces.size() + 1] * step * LOG_STEP;
    return expected;
  }

  /** Logarithm of the probability of all words, as the last expected counts found it. */
  double logarithm() {
    return logarithm;
  }

  /** How often pieces are in the best segmentations; unknown characters behind the last piece. */
  long[] best(PieceSet pieces) {
    return sum(
        pieces.size() + 1,
        table -> {
          Lattice lattice = new Lattice(pieces, new double[0]);
          int[] path = new int[LearnedWords.LONGEST];
          return word -> {
            lattice.set(words.pool(), words.start(word), words.end(word));
            for (int i = lattice.best(true, path) - 1; i >= 0; i--) {
              table[path[i]] += words.count(word);
            }
          };
        });
  }

  private interface Work {
    void word(int word);
  }

  private interface Opener {
    Work open(long[] table);
  }

  private long[] sum(int size, Opener opener) {
    int parts = Math.min(MOST_PARTS, workers.count());
    long[][] tables = new long[parts][];
    AtomicInteger next = new AtomicInteger();
    workers.run(
        parts,
        (part, worker) -> {
          tables[part] = new long[size];
          Work work = opener.open(tables[part]);
          for (int c = next.getAndIncrement(); c < words.chunks(); c = next.getAndIncrement()) {
            for (int word = words.chunk(c); word < words.chunk(c + 1); word++) {
              work.word(word);
            }
          }
        });
    long[] sums = tables[0];
    for (int part = 1; part < parts; part++) {
      for (int i = 0; i < size; i++) {
        sums[i] += tables[part][i];
      }
    }
    return sums;
  }
}

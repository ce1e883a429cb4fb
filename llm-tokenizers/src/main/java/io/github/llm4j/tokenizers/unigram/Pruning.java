package io.github.llm4j.tokenizers.unigram;

import io.github.llm4j.api.worker.Workers;
import java.util.Arrays;

/**
 * Takes pieces out that are needed least: those whose loss of log-likelihood is smallest if each
 * place of theirs went to its next best segmentation (Kudo 2018, section 3.2, step 3; the loss as
 * SentencePiece's trainer estimates it).
 */
final class Pruning {
  private static final int CHUNK = 1 << 12;

  private Pruning() {}

  /**
   * The pieces that stay.
   *
   * @param counts how often pieces are in the best segmentations of the words
   * @param words number of words that were counted
   * @param size pieces that stay at most; those without another segmentation stay anyway
   */
  static PieceSet prune(PieceSet set, long[] counts, long words, int size, Workers workers) {
    double[] losses = new double[set.size()];
    long all = 0;
    for (int id = 0; id < set.size(); id++) {
      all += counts[id];
    }
    long sum = all;
    int parts = (set.size() + CHUNK - 1) / CHUNK;
    workers.run(
        parts,
        (part, worker) -> {
          Lattice lattice = new Lattice(set, new double[0]);
          int[] path = new int[LearnedWords.LONGEST];
          for (int id = part * CHUNK; id < Math.min(set.size(), (part + 1) * CHUNK); id++) {
            losses[id] = loss(lattice, set, id, counts, sum, words, path);
          }
        });
    int[] kept = new int[set.size()];
    int n = 0;
    long[] order = new long[set.size()]; // places among the losses that can be taken
    double[] sorted = new double[set.size()];
    int candidates = 0;
    for (int id = 0; id < set.size(); id++) {
      if (losses[id] == Double.POSITIVE_INFINITY) {
        kept[n++] = id;
      } else if (losses[id] != Double.NEGATIVE_INFINITY) {
        sorted[candidates] = -losses[id];
        order[candidates++] = id;
      }
    }
    int more = Math.max(0, Math.min(candidates, size - n));
    if (more > 0) {
      Arrays.sort(sorted, 0, candidates);
      double last = sorted[more - 1];
      int equal = more; // of pieces with the last loss that stays, the first ones stay
      while (equal > 0 && sorted[equal - 1] == last) {
        equal--;
      }
      int places = more - equal;
      for (int i = 0; i < candidates; i++) {
        int id = (int) order[i];
        if (-losses[id] < last || -losses[id] == last && places-- > 0) {
          kept[n++] = id;
        }
      }
    }
    int[] ids = Arrays.copyOf(kept, n);
    Arrays.sort(ids);
    byte[][] pieces = new byte[n][];
    double[] scores = new double[n];
    for (int i = 0; i < n; i++) {
      pieces[i] = set.pieces()[ids[i]];
      scores[i] = set.scores()[ids[i]];
    }
    return PieceSet.of(pieces, scores);
  }

  /** Infinite for a piece that must stay, minus infinity for one that can go. */
  private static double loss(
      Lattice lattice, PieceSet set, int id, long[] counts, long sum, long words, int[] path) {
    byte[] piece = set.pieces()[id];
    lattice.set(piece, 0, piece.length);
    int others = lattice.best(false, path);
    if (others == 0) {
      return counts[id] == 0 ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    if (counts[id] == 0 || lattice.bestScore() > set.scores()[id]) {
      return Double.NEGATIVE_INFINITY;
    }
    double with = StrictMath.log(counts[id]) - StrictMath.log(sum);
    double sumWithout = StrictMath.log(sum + (double) counts[id] * (others - 1));
    double without = 0;
    for (int i = 0; i < others; i++) {
      without += StrictMath.log((double) counts[path[i]] + counts[id]) - sumWithout;
    }
    return (double) counts[id] / words * (with - without);
  }
}

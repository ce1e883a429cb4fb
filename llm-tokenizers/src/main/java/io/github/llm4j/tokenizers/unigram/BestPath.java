package io.github.llm4j.tokenizers.unigram;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Finds the pieces of a text whose log-probabilities have the greatest sum (Viterbi 1967; Kudo
 * 2018, section 3.1). Of equal sums the path whose last piece is longer wins, and so on backwards,
 * as in SentencePiece's encoder.
 *
 * <p>O(n L) for n bytes and pieces of at most L. Scores are kept for L places only; steps from
 * where the best paths to all open places part: a window that is given out whenever it is full, and
 * grows if they never meet (4 bytes a byte of text).
 *
 * <p>Threading: one thread.
 */
final class BestPath {
  /** The id of a step that is one character of no piece. */
  static final int UNKNOWN = -1;

  private static final int WINDOW = 1 << 12;

  private final long[] units;
  private final int root;
  private final double[] scores;
  private final int[] lengths;
  private final double unknownScore;
  private final boolean single;
  private final int longest;

  private final double[] best; // score of the best path to a place, at place & mask
  private final int mask;
  private int[] last; // step that ends at origin + i: an id, or minus an unknown's length
  private final BitSet open = new BitSet();
  private int origin;
  private double margin;
  private boolean isDirty = true; // a search that ended early leaves places open

  /** Takes the steps of a path, from the first to the last. */
  interface Steps {
    /** Takes a piece, or {@link #UNKNOWN}. */
    void step(int id, int from, int to);
  }

  BestPath(UnigramModel model) {
    units = model.trie().units();
    root = model.trie().root();
    scores = model.scores();
    lengths = model.lengths();
    unknownScore = model.unknownScore();
    single = model.single();
    longest = Math.max(4, model.longest());
    best = new double[Integer.highestOneBit(longest) << 1];
    mask = best.length - 1;
    last = new int[Math.max(WINDOW, 4 * longest)];
  }

  /**
   * Finds the steps of a stretch of text.
   *
   * @param before score of what lies before it, from which sums go on
   * @return score up to its end
   */
  double find(byte[] utf8, int from, int to, double before, Steps steps) {
    if (isDirty) {
      Arrays.fill(best, Double.NEGATIVE_INFINITY);
      open.clear();
    }
    isDirty = true;
    origin = from;
    margin = Double.POSITIVE_INFINITY;
    best[from & mask] = before;
    int start = from;
    while (start < to) {
      if (start - origin + longest >= last.length) {
        giveOut(start, to, steps);
      }
      int character = Math.min(length(utf8[start]), to - start);
      extend(utf8, start, character, to);
      best[start & mask] = Double.NEGATIVE_INFINITY;
      start += character;
    }
    giveOut(to, to, steps);
    double score = best[to & mask];
    best[to & mask] = Double.NEGATIVE_INFINITY;
    isDirty = false;
    return score;
  }

  /**
   * The least difference between two sums that were compared in the last search: if it is greater
   * than what rounding can make, the path is the best one behind any other text too.
   */
  double margin() {
    return margin;
  }

  /** Bytes of the character that begins with one; 1 if none does. */
  static int length(byte first) {
    int b = first & 0xFF;
    return b < 0xC0 ? 1 : b < 0xE0 ? 2 : b < 0xF0 ? 3 : 4;
  }

  /** Follows all pieces that begin at a place. */
  private void extend(byte[] utf8, int start, int character, int to) {
    double here = best[start & mask];
    boolean known = false;
    int node = root;
    for (int at = start; at < to; ) {
      int b = utf8[at] & 0xFF;
      long unit = units[node ^ b];
      if (PieceTrie.byteOf(unit) != b) {
        break;
      }
      at++;
      node = PieceTrie.base(unit);
      int id = PieceTrie.id(unit);
      if (id >= 0) {
        arrive(at, here + scores[id], id);
        known |= at - start == character;
      }
    }
    if (!known) {
      double sum = here + unknownScore;
      arrive(start + character, single ? (float) sum : sum, -character);
    }
  }

  private void arrive(int at, double sum, int step) {
    double held = best[at & mask];
    if (sum > held) {
      best[at & mask] =
          single ? (float) sum : sum; // compared before it is rounded, as the original
      last[at - origin] = step;
      margin = Math.min(margin, sum - held);
    } else {
      margin = Math.min(margin, held - sum);
    }
  }

  private int length(int step) {
    return step < 0 ? -step : lengths[step];
  }

  /** Gives out what is settled before a place, and makes room. */
  private void giveOut(int start, int to, Steps steps) {
    int ways = 0;
    for (int at = start; at <= Math.min(to, start + longest); at++) {
      if (best[at & mask] != Double.NEGATIVE_INFINITY) {
        open.set(at - origin);
        ways++;
      }
    }
    int at = open.length() - 1;
    while (ways > 1) { // the last place goes back by its step, until all have met
      open.clear(at);
      int before = at - length(last[at]);
      if (open.get(before)) {
        ways--;
      }
      open.set(before);
      at = open.previousSetBit(at - 1);
    }
    open.clear(at);
    giveOut(origin + at, steps);
    System.arraycopy(
        last, at, last, 0, Math.min(last.length - at, start - origin + longest + 1 - at));
    origin += at;
    if (start - origin > last.length / 2) {
      last = Arrays.copyOf(last, Math.multiplyExact(2, last.length));
    }
  }

  /** Gives out the path to a place: its links are turned round, then followed. */
  private void giveOut(int end, Steps steps) {
    int link = last[end - origin];
    for (int at = end; at > origin; ) {
      int before = at - length(link);
      int next = last[before - origin];
      last[before - origin] = link;
      link = next;
      at = before;
    }
    for (int at = origin; at < end; ) {
      int step = last[at - origin];
      int next = at + length(step);
      steps.step(step < 0 ? UNKNOWN : step, at, next);
      at = next;
    }
  }
}

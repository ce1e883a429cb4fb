package io.github.llm4j.tokenizers.unigram;

import java.util.Arrays;

/**
 * All segmentations of a word into pieces: arcs from place to place. Computes their probabilities
 * forwards and backwards, and the best one, in time linear in the arcs.
 *
 * <p>Threading: one thread.
 */
final class Lattice {
  /** What probabilities are multiplied by when they become small. */
  private static final double SCALE = 0x1p512;

  private static final double SMALL = 0x1p-512;
  private static final double LOG_SCALE = 512 * StrictMath.log(2);

  private final PieceSet pieces;
  private final double[] probabilities;
  private final double unknownProbability;

  private int from;
  private int length;
  private int arcs;
  private int[] starts = new int[256];
  private int[] ends = new int[256];
  private int[] ids = new int[256];
  private double[] forwards = new double[64];
  private double[] backwards = new double[64];
  private int[] scaled = new int[64]; // how often the number at a place was scaled
  private int[] lastArc = new int[64];

  /**
   * Lattices of pieces.
   *
   * @param probabilities exponentials of the pieces' scores
   */
  Lattice(PieceSet pieces, double[] probabilities) {
    this.pieces = pieces;
    this.probabilities = probabilities;
    this.unknownProbability = StrictMath.exp(pieces.unknownScore());
  }

  /** The number of unknown characters: a piece behind all others. */
  int unknown() {
    return pieces.size();
  }

  /** Becomes the lattice of a word. */
  void set(byte[] bytes, int begin, int end) {
    long[] units = pieces.trie().units();
    from = begin;
    length = end - begin;
    arcs = 0;
    for (int start = begin; start < end; ) {
      int character = Math.min(BestPath.length(bytes[start]), end - start);
      boolean known = false;
      int node = pieces.trie().root();
      for (int at = start; at < end; ) {
        int b = bytes[at] & 0xFF;
        long unit = units[node ^ b];
        if (PieceTrie.byteOf(unit) != b) {
          break;
        }
        at++;
        node = PieceTrie.base(unit);
        int id = PieceTrie.id(unit);
        if (id >= 0) {
          add(start, at, id);
          known |= at - start == character;
        }
      }
      if (!known) {
        add(start, start + character, unknown());
      }
      start += character;
    }
    if (length >= forwards.length) {
      forwards = new double[2 * length];
      backwards = new double[2 * length];
      scaled = new int[2 * length];
      lastArc = new int[2 * length];
    }
  }

  private void add(int start, int end, int id) {
    if (arcs == ids.length) {
      starts = Arrays.copyOf(starts, 2 * arcs);
      ends = Arrays.copyOf(ends, 2 * arcs);
      ids = Arrays.copyOf(ids, 2 * arcs);
    }
    starts[arcs] = start - from;
    ends[arcs] = end - from;
    ids[arcs++] = id;
  }

  private double probability(int arc) {
    return ids[arc] == unknown() ? unknownProbability : probabilities[ids[arc]];
  }

  private double score(int arc) {
    return ids[arc] == unknown() ? pieces.unknownScore() : pieces.scores()[ids[arc]];
  }

  /**
   * Adds each piece's share of the probability of all segmentations to its count, in whole numbers.
   *
   * @param times what a share of 1 counts as
   * @param counts of pieces, of unknown characters behind the last
   * @return logarithm of the probability of all segmentations
   */
  double addShares(double times, long[] counts) {
    double logarithm = forwards();
    // backwards[i] * forwards[i] is the share of all segmentations that part at i
    Arrays.fill(backwards, 0, length, 0);
    backwards[length] = 1 / forwards[length];
    for (int arc = arcs - 1; arc >= 0; arc--) {
      int start = starts[arc];
      int end = ends[arc];
      double share = backwards[end] * probability(arc);
      for (int i = scaled[start]; i < scaled[end]; i++) {
        share *= SCALE;
      }
      backwards[start] += share;
      counts[ids[arc]] += Math.round(times * (forwards[start] * share));
    }
    return logarithm;
  }

  private double forwards() {
    Arrays.fill(forwards, 0, length + 1, 0);
    forwards[0] = 1;
    int scales = 0;
    int arc = 0;
    while (arc < arcs) {
      int start = starts[arc];
      if (forwards[start] < SMALL) {
        scales++;
        for (int i = start; i <= length; i++) {
          if (forwards[i] != 0) {
            forwards[i] *= SCALE;
          }
        }
      }
      scaled[start] = scales;
      for (; arc < arcs && starts[arc] == start; arc++) {
        forwards[ends[arc]] += forwards[start] * probability(arc);
      }
    }
    scaled[length] = scales;
    return StrictMath.log(forwards[length]) - scales * LOG_SCALE;
  }

  /**
   * The best segmentation.
   *
   * @param isWhole whether it may be a single piece
   * @param path gets its pieces, the last one first
   * @return their number; 0 if there is none
   */
  int best(boolean isWhole, int[] path) {
    double[] best = forwards;
    Arrays.fill(best, 0, length + 1, Double.NEGATIVE_INFINITY);
    best[0] = 0;
    for (int arc = 0; arc < arcs; arc++) {
      double sum = best[starts[arc]] + score(arc);
      boolean whole = starts[arc] == 0 && ends[arc] == length;
      if (sum > best[ends[arc]] && (isWhole || !whole)) {
        best[ends[arc]] = sum;
        lastArc[ends[arc]] = arc;
      }
    }
    int size = 0;
    if (best[length] == Double.NEGATIVE_INFINITY) {
      return 0;
    }
    for (int at = length; at > 0; at = starts[lastArc[at]]) {
      path[size++] = ids[lastArc[at]];
    }
    return size;
  }

  /** Score of the best segmentation that was searched last. */
  double bestScore() {
    return forwards[length];
  }
}

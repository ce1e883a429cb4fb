package io.github.llm4j.tokenizers.unigram;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Sums over all segmentations against sums that are added up one by one. */
class LatticeTest {
  private static final double TIMES = 0x1p40;

  private static PieceSet set(Random random, List<String> pieces) {
    byte[][] bytes = new byte[pieces.size()][];
    double[] scores = new double[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = pieces.get(i).getBytes(StandardCharsets.UTF_8);
      scores[i] = -1 - 5 * random.nextDouble();
    }
    return PieceSet.of(bytes, scores);
  }

  private static Lattice lattice(PieceSet set) {
    double[] probabilities = new double[set.size()];
    for (int i = 0; i < probabilities.length; i++) {
      probabilities[i] = Math.exp(set.scores()[i]);
    }
    return new Lattice(set, probabilities);
  }

  /** Adds the probability of each way from a place on, and to the pieces on it. */
  private static double walk(PieceSet set, String word, int from, double before, double[] counts) {
    if (from == word.length()) {
      return before;
    }
    double sum = 0;
    for (int to = from + 1; to <= word.length(); to++) {
      byte[] piece = word.substring(from, to).getBytes(StandardCharsets.UTF_8);
      int id = set.trie().find(piece, 0, piece.length);
      boolean unknown = id < 0 && to == from + 1;
      if (id >= 0 || unknown) {
        double score = unknown ? set.unknownScore() : set.scores()[id];
        double ways = walk(set, word, to, before * Math.exp(score), counts);
        counts[unknown ? set.size() : id] += ways;
        sum += ways;
      }
    }
    return sum;
  }

  @Test
  void sharesAreThoseOfAllSegmentations() {
    long seed = Long.getLong("llm4j.seed", 1);
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    PieceSet set = set(random, List.of("a", "b", "ab", "ba", "aab", "ä", "äa", "bbb", "bäb"));
    Lattice lattice = lattice(set);
    for (String word : List.of("a", "abab", "aabäab", "ccab", "bbbbäbba", "abcäaabba")) {
      byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
      lattice.set(bytes, 0, bytes.length);
      long[] counts = new long[set.size() + 1];
      double logarithm = lattice.addShares(TIMES, counts);
      double[] expected = new double[set.size() + 1];
      double all = walk(set, word, 0, 1, expected);
      assertEquals(Math.log(all), logarithm, 1e-12, word);
      for (int id = 0; id < counts.length; id++) {
        assertEquals(expected[id] / all, counts[id] / TIMES, 1e-10, word + " " + id);
      }
    }
  }

  @Test
  void aLongWordDoesNotVanish() {
    PieceSet set = set(new Random(3), List.of("a", "b", "ab", "aab", "bb"));
    Lattice lattice = lattice(set);
    byte[] word = "aabbac".repeat(600).getBytes(StandardCharsets.UTF_8); // e^-35 for each c
    lattice.set(word, 0, word.length);
    long[] counts = new long[set.size() + 1];
    double logarithm = lattice.addShares(TIMES, counts);
    double bytes = counts[set.size()];
    for (int id = 0; id < set.size(); id++) {
      bytes += (double) counts[id] * set.pieces()[id].length;
    }
    assertEquals(word.length, bytes / TIMES, 1e-6);
    assertEquals(600, counts[set.size()] / TIMES, 1e-6);
    double best = lattice.best(true, new int[word.length]) > 0 ? lattice.bestScore() : 0;
    assertTrue(best < logarithm && logarithm < best + word.length, best + " " + logarithm);
  }

  @Test
  void digammaHasItsKnownValues() {
    assertEquals(-0.5772156649015329, Digamma.of(1), 1e-12);
    assertEquals(-1.9635100260214235, Digamma.of(0.5), 1e-12);
    assertEquals(2.251752589066721, Digamma.of(10), 1e-12);
    assertEquals(Math.log(1e9), Digamma.of(1e9), 1e-9);
  }
}

package io.github.llm4j.tokenizers.unigram;

/**
 * How a unigram model is learned.
 *
 * @param pieces number of pieces to learn, without those that stand for no text
 * @param longest characters of a piece, at most
 * @param coverage share of the text's characters that must be pieces; rarer ones are unknown
 * @param seeds pieces to begin with, at most
 * @param shrinking share of the pieces that stay when some are taken out
 * @param iterations EM iterations between two times that pieces are taken out
 * @param oneScript whether a piece's characters are all of one script
 */
public record UnigramTraining(
    int pieces,
    int longest,
    double coverage,
    int seeds,
    double shrinking,
    int iterations,
    boolean oneScript) {

  /** Learns so many pieces as SentencePiece's trainer does by default. */
  public static UnigramTraining of(int pieces) {
    return new UnigramTraining(pieces, 16, 0.9995, 1_000_000, 0.75, 2, true);
  }

  /** The same with another coverage. */
  public UnigramTraining withCoverage(double share) {
    return new UnigramTraining(pieces, longest, share, seeds, shrinking, iterations, oneScript);
  }

  /** Checks sizes. */
  public UnigramTraining {
    check(pieces > 0, "at least one piece", pieces);
    check(longest > 0 && longest <= 1024, "pieces of 1 to 1,024 characters", longest);
    check(coverage > 0 && coverage <= 1, "a coverage above 0, up to 1", coverage);
    check(seeds > 0 && seeds < PieceTrie.MOST_IDS / 2, "1 to 8,388,606 seeds", seeds);
    check(shrinking > 0 && shrinking < 1, "a shrinking factor between 0 and 1", shrinking);
    check(iterations > 0, "at least one iteration", iterations);
  }

  private static void check(boolean fine, String expected, Object found) {
    if (!fine) {
      throw new IllegalArgumentException(
          "unigram training: %s expected, found %s.".formatted(expected, found));
    }
  }
}

package io.github.llm4j.tokenizers.unigram;

/** Pieces with log-probabilities while they are learned. Threading: immutable. */
@SuppressWarnings("ArrayRecordComponent") // shared inside the package, never changed
record PieceSet(byte[][] pieces, double[] scores, PieceTrie trie, double unknownScore) {
  private static final double UNKNOWN_PENALTY = 10;

  static PieceSet of(byte[][] pieces, double[] scores) {
    double least = Double.MAX_VALUE;
    for (double score : scores) {
      least = Math.min(least, score);
    }
    return new PieceSet(pieces, scores, PieceTrie.of(pieces), least - UNKNOWN_PENALTY);
  }

  int size() {
    return pieces.length;
  }

  /** The least score of a piece. */
  double least() {
    return unknownScore + UNKNOWN_PENALTY;
  }
}

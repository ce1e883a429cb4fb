package io.github.llm4j.tokenizers.unigram;

/** U+2581, the meta symbol: what stands for a blank in pieces, and begins a word. */
final class Meta {
  static final int LENGTH = 3;

  private Meta() {}

  /** Whether it stands at a place. */
  static boolean isAt(byte[] utf8, int at, int to) {
    return utf8[at] == (byte) 0xE2
        && at + 2 < to
        && utf8[at + 1] == (byte) 0x96
        && utf8[at + 2] == (byte) 0x81;
  }

  /**
   * Where the word that begins at a place ends: before a meta symbol with something else before.
   */
  static int wordEnd(byte[] utf8, int from, int to) {
    for (int at = from + 1; at < to; at++) {
      if (utf8[at] == (byte) 0xE2 && isAt(utf8, at, to) && !endsAt(utf8, from, at)) {
        return at;
      }
    }
    return to;
  }

  private static boolean endsAt(byte[] utf8, int from, int end) {
    return end - LENGTH >= from && isAt(utf8, end - LENGTH, end);
  }

  /** Whether a piece has one behind something else. */
  static boolean isInside(byte[] piece) {
    return piece.length > 0 && wordEnd(piece, 0, piece.length) < piece.length;
  }
}

package io.github.llm4j.tokenizers.unigram;

/** Characters of UTF-8 that is known to be well formed, but for {@link LearnedWords#END}. */
final class Characters {
  private Characters() {}

  /** The character at a place; 0 at the end of a word. */
  static int at(byte[] utf8, int at) {
    int b = utf8[at];
    if (b >= 0) {
      return b;
    }
    if (b == LearnedWords.END) {
      return 0;
    }
    return switch (BestPath.length((byte) b)) {
      case 2 -> (b & 0x1F) << 6 | utf8[at + 1] & 0x3F;
      case 3 -> (b & 0x0F) << 12 | (utf8[at + 1] & 0x3F) << 6 | utf8[at + 2] & 0x3F;
      default ->
          (b & 0x07) << 18
              | (utf8[at + 1] & 0x3F) << 12
              | (utf8[at + 2] & 0x3F) << 6
              | utf8[at + 3] & 0x3F;
    };
  }

  /** Bytes of a character. */
  static int length(int character) {
    return character < 0x80 ? 1 : character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
  }
}

package io.github.llm4j.tokenizers.pipeline;

/** What stands around an added token: blanks that it may swallow, words that it may not touch. */
final class Blanks {
  private Blanks() {}

  /** White_Space of Unicode; none lies outside the basic plane. */
  static boolean isBlank(int c) {
    return Character.isSpaceChar(c) || (c >= '\t' && c <= '\r') || c == 0x85;
  }

  /** Place behind the blanks that begin at {@code at}. */
  static int skip(byte[] utf8, int at, int to) {
    int i = at;
    while (i < to && isBlank(Utf8.codePoint(utf8, i))) {
      i += Utf8.lengthAt(utf8[i]);
    }
    return i;
  }

  /** Place where the blanks begin that end before {@code at}. */
  static int skipBack(byte[] utf8, int at, int limit) {
    int i = at;
    while (i > limit) {
      int before = Utf8.before(utf8, i);
      if (!isBlank(Utf8.codePoint(utf8, before))) {
        break;
      }
      i = before;
    }
    return i;
  }

  static boolean wordBefore(Text text, int at, int from) {
    return at > from && isWord(Utf8.codePoint(text.bytes(), Utf8.before(text.bytes(), at)));
  }

  static boolean wordAt(Text text, int at, int to) {
    return at < to && isWord(Utf8.codePoint(text.bytes(), at));
  }

  /** Unicode Technical Standard 18's word characters. */
  private static boolean isWord(int c) {
    return switch (Character.getType(c)) {
      case Character.NON_SPACING_MARK,
          Character.ENCLOSING_MARK,
          Character.COMBINING_SPACING_MARK,
          Character.DECIMAL_DIGIT_NUMBER,
          Character.CONNECTOR_PUNCTUATION ->
          true;
      default -> Character.isAlphabetic(c) || c == 0x200C || c == 0x200D;
    };
  }
}

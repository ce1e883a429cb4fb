package io.github.llm4j.tokenizers.pretokenizer;

/** {@code 's}, {@code 't}, {@code 're}, {@code 've}, {@code 'm}, {@code 'll}, {@code 'd}. */
final class Contractions {
  private Contractions() {}

  /** End of the one that begins at an apostrophe; {@code from} if none does. */
  static int end(byte[] utf8, int from, int to) {
    if (from + 1 >= to) {
      return from;
    }
    byte next = from + 2 < to ? utf8[from + 2] : 0;
    return from + length(utf8[from + 1], next);
  }

  /**
   * The same in any case.
   *
   * @param folds whether the long ſ, whose upper case is S, is an s too
   */
  static int endInAnyCase(byte[] utf8, int from, int to, boolean folds) {
    if (from + 1 >= to) {
      return from;
    }
    byte first = utf8[from + 1];
    byte next = from + 2 < to ? utf8[from + 2] : 0;
    if (folds && first == (byte) 0xC5 && next == (byte) 0xBF) {
      return from + 3;
    }
    return first < 'A' ? from : from + length((byte) (first | 0x20), (byte) (next | 0x20));
  }

  private static int length(byte first, byte next) {
    return switch (first) {
      case 's', 't', 'm', 'd' -> 2;
      case 'r', 'v' -> next == 'e' ? 3 : 0;
      case 'l' -> next == 'l' ? 3 : 0;
      default -> 0;
    };
  }
}

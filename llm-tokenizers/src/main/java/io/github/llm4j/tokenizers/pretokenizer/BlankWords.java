package io.github.llm4j.tokenizers.pretokenizer;

import io.github.llm4j.tokenizers.pipeline.Utf8;

/** Words of white space alone. */
final class BlankWords {
  private BlankWords() {}

  /**
   * {@code \s+(?!\S)|\s+}: white space up to the end of the text, or else all but the last, which
   * goes to the next word.
   */
  static int end(byte[] utf8, int from, int to) {
    int end = Kinds.skip(Kinds.SPACES, utf8, from, to);
    return end == to ? to : allButLast(utf8, from, end);
  }

  private static int allButLast(byte[] utf8, int from, int end) {
    int last = Utf8.before(utf8, end);
    return last == from ? end : last;
  }

  /**
   * {@code \s*[\r\n]+|\s+(?!\S)|\s+}: white space up to the last line end in it, if there is one.
   *
   * @param whole whether white space at the end of the text is one word in any case: {@code \s+$}
   *     goes before
   */
  static int lineEnd(byte[] utf8, int from, int to, boolean whole) {
    int end = Kinds.skip(Kinds.SPACES, utf8, from, to);
    if (whole && end == to) {
      return to;
    }
    for (int i = end - 1; i >= from; i--) {
      if (utf8[i] == '\n' || utf8[i] == '\r') {
        return i + 1;
      }
    }
    return end == to ? to : allButLast(utf8, from, end);
  }
}

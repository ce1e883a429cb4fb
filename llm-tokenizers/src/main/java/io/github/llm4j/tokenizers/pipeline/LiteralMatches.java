package io.github.llm4j.tokenizers.pipeline;

/** Finds a text in linear time. Knuth, Morris and Pratt 1977. */
final class LiteralMatches implements Regex.Matches {
  private final byte[] wanted;

  /** For each length of a beginning: that of the longest beginning which is its end. */
  private final int[] borders;

  private byte[] utf8 = {};
  private int to;
  private int at;
  private int start;
  private int end;

  LiteralMatches(byte[] wanted) {
    this.wanted = wanted;
    borders = new int[wanted.length + 1];
    borders[0] = -1;
    int length = -1;
    for (int i = 0; i < wanted.length; i++) {
      while (length >= 0 && wanted[i] != wanted[length]) {
        length = borders[length];
      }
      borders[i + 1] = ++length;
    }
  }

  @Override
  public void over(Text text, int from, int to) {
    utf8 = text.bytes();
    at = from;
    this.to = to;
  }

  @Override
  public boolean next() {
    if (wanted.length == 0) {
      return nextBorder();
    }
    int length = 0;
    for (int i = at; i < to; i++) {
      while (length >= 0 && utf8[i] != wanted[length]) {
        length = borders[length];
      }
      if (++length == wanted.length) {
        end = i + 1;
        start = end - length;
        at = end;
        return true;
      }
    }
    at = to;
    return false;
  }

  /** Nothing stands before each character and at the end. */
  private boolean nextBorder() {
    if (at > to) {
      return false;
    }
    start = at;
    end = at;
    at += at < to ? Utf8.lengthAt(utf8[at]) : 1;
    return true;
  }

  @Override
  public int start() {
    return start;
  }

  @Override
  public int end() {
    return end;
  }
}

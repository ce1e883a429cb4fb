package io.github.llm4j.tokenizers.pretokenizer;

import java.nio.charset.StandardCharsets;

/**
 * Finds a text in others. Linear, whatever the text: Knuth, Morris and Pratt 1977. Where it stands
 * is a word.
 */
final class Literal implements Words {
  private final int[] codePoints;
  private final byte[] pattern;

  /** Length of the longest beginning that is also an end of the first so many bytes. */
  private final int[] borders;

  /**
   * A finder.
   *
   * @param text not empty
   */
  Literal(String text) {
    codePoints = text.codePoints().toArray();
    pattern = text.getBytes(StandardCharsets.UTF_8);
    borders = new int[pattern.length + 1];
    borders[0] = -1;
    int length = -1;
    for (int i = 0; i < pattern.length; i++) {
      while (length >= 0 && pattern[i] != pattern[length]) {
        length = borders[length];
      }
      borders[i + 1] = ++length;
    }
  }

  @Override
  public int end(byte[] utf8, int at, int to) {
    int state = 0;
    for (int i = at; i < to; i++) {
      while (state >= 0 && utf8[i] != pattern[state]) {
        state = borders[state];
      }
      if (++state == pattern.length) {
        int start = i + 1 - pattern.length;
        return start == at ? i + 1 : ~start;
      }
    }
    return ~to;
  }

  /** Whether it is this one character. */
  private boolean is(int c) {
    return codePoints.length == 1 && codePoints[0] == c;
  }

  boolean parts(Behavior behavior, int before, int after) {
    return codePoints.length == 1 && KindWords.parts(behavior, is(before), is(after));
  }

  @Override
  public boolean alwaysParts(int before, int after) {
    return is(before) || is(after);
  }

  @Override
  public boolean separable(int before, int after) {
    for (int i = 1; i < codePoints.length; i++) {
      if (codePoints[i - 1] == before && codePoints[i] == after) {
        return false;
      }
    }
    return true;
  }
}

package io.github.llm4j.tokenizers.pipeline;

import java.lang.foreign.MemorySegment;

/**
 * What one thread needs to encode: the stages with their buffers, used for one text after another.
 *
 * <p>A long text is taken piece by piece, parted where its words and tokens are the same as in the
 * whole, so buffers stay small.
 */
final class Session {
  private static final int PIECE = 1 << 15;
  private static final int MOST_KEPT = 1 << 20;

  private final String name;
  private final Borders borders;
  private final int looked;
  private final Tokens tokens;
  private final Text text;
  private final Stage stages;
  private char[] chars = new char[1 << 8];

  /** Says where a text may be parted. */
  interface Borders {
    /** The last place in {@code (from, to]} at which a text may be parted; -1 if there is none. */
    int last(CharSequence text, int from, int to);
  }

  /**
   * A session.
   *
   * @param looked how many chars behind a place are looked at to say whether a text may be parted
   */
  Session(String name, Borders borders, int looked, Tokens tokens, Stage stages) {
    this.name = name;
    this.looked = looked;
    this.borders = borders;
    this.tokens = tokens;
    this.text = new Text(tokens.ranges());
    this.stages = stages;
  }

  /** Tokens of a text; valid until the next one. */
  Tokens encode(CharSequence whole) {
    tokens.clear();
    int length = whole.length();
    for (int from = 0; from < length; ) {
      int to = pieceEnd(whole, from);
      take(whole, from, to, from);
      from = to;
    }
    return tokens;
  }

  /** Number of tokens of a text. */
  int count(CharSequence whole) {
    int count = 0;
    int length = whole.length();
    for (int from = 0; from < length; ) {
      tokens.clear();
      int to = pieceEnd(whole, from);
      take(whole, from, to, from);
      count = Math.addExact(count, tokens.size());
      from = to;
    }
    return count;
  }

  /**
   * Tokens of a text in UTF-8; valid until the next one.
   *
   * @throws io.github.llm4j.api.error.LlmException if it isn't UTF-8
   */
  Tokens encode(MemorySegment utf8) {
    tokens.clear();
    Utf8Window window = new Utf8Window(name, utf8);
    for (int from = 0; window.has(0); ) {
      int to = windowEnd(window);
      take(window, 0, to, from);
      from += to;
      window.drop(to);
    }
    return tokens;
  }

  private int windowEnd(Utf8Window window) {
    int searched = 0;
    for (long wanted = PIECE; window.has(wanted + looked); wanted *= 2) {
      int border = borders.last(window, searched, (int) wanted);
      if (border > 0) {
        return border;
      }
      searched = (int) wanted;
    }
    return window.length();
  }

  private int pieceEnd(CharSequence whole, int from) {
    int length = whole.length();
    int searched = from;
    for (long wanted = PIECE; from + wanted < length; wanted *= 2) {
      int most = (int) (from + wanted);
      int border = borders.last(whole, searched, most);
      if (border > from) {
        return border;
      }
      searched = most;
    }
    return length;
  }

  /** Takes a piece that begins at a place of the whole text. */
  private void take(CharSequence whole, int from, int to, int place) {
    int count = to - from;
    if (chars.length < count) {
      chars = new char[Math.max(count, (int) Math.min(PIECE, 2L * chars.length))];
    }
    if (whole instanceof String string) {
      string.getChars(from, to, chars, 0);
    } else {
      for (int i = 0; i < count; i++) {
        chars[i] = whole.charAt(from + i);
      }
    }
    text.set(chars, count, place, place > 0, () -> Surrogates.lone(name, whole));
    if (text.length() > 0) {
      stages.take(text, 0, text.length());
    }
  }

  /** Whether its buffers are small enough to be kept for the next text. */
  boolean keepable() {
    return chars.length <= MOST_KEPT && text.capacity() <= 4 * MOST_KEPT;
  }
}

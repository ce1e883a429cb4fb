package io.github.llm4j.tokenizers.pipeline;

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
  private final Tokens tokens;
  private final Text text;
  private final Stage stages;
  private char[] chars = new char[1 << 8];

  /** Says where a text may be parted. */
  interface Borders {
    /** The last place in {@code (from, to]} at which a text may be parted; -1 if there is none. */
    int last(CharSequence text, int from, int to);
  }

  Session(String name, Borders borders, Tokens tokens, Stage stages) {
    this.name = name;
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
      take(whole, from, to);
      from = to;
    }
    return tokens;
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

  private void take(CharSequence whole, int from, int to) {
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
    text.set(chars, count, from, from > 0, () -> Surrogates.lone(name, whole));
    if (text.length() > 0) {
      stages.take(text, 0, text.length());
    }
  }

  /** Whether its buffers are small enough to be kept for the next text. */
  boolean keepable() {
    return chars.length <= MOST_KEPT && text.capacity() <= 4 * MOST_KEPT;
  }
}

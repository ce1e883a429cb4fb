package io.github.llm4j.cli;

import io.github.llm4j.api.tokenizer.Encoding;

/** A text in which one sees where its tokens end. */
final class TokenText {
  /** Dark letters on light grounds that differ for the colour-blind as well. */
  private static final int[] GROUNDS = {152, 223, 189, 193, 225};

  private static final int LETTERS = 16;

  private TokenText() {}

  /**
   * The text with its tokens.
   *
   * @param coloured whether each has a ground of its own; otherwise brackets stand around them
   */
  static String of(String text, Encoding tokens, boolean coloured) {
    StringBuilder shown = new StringBuilder();
    int done = 0;
    for (int t = 0; t < tokens.size(); t++) {
      int start = Math.max(done, tokens.start(t)); // a part of a character is shown once
      int end = Math.max(start, tokens.end(t));
      shown.append(visibleLines(text.substring(done, start))); // what no token stands for
      String part = visibleLines(text.substring(start, end));
      if (!coloured) {
        shown.append('[').append(part).append(']');
      } else if (!part.isEmpty()) {
        String on = "\u001b[38;5;%d;48;5;%dm".formatted(LETTERS, GROUNDS[t % GROUNDS.length]);
        // a ground over a line's end would fill the rest of the line
        shown.append(on).append(part.replace("\n", "\u001b[0m\n" + on)).append("\u001b[0m");
      }
      done = end;
    }
    return shown.append(visibleLines(text.substring(done))).toString();
  }

  /** What a token stands for, with its blanks; a part of a character is said to be one. */
  static String cell(String text, Encoding tokens, int t) {
    boolean part =
        tokens.start(t) < tokens.end(t)
            && (t > 0 && tokens.end(t - 1) > tokens.start(t)
                || t + 1 < tokens.size() && tokens.start(t + 1) < tokens.end(t));
    String shown = visible(text.substring(tokens.start(t), tokens.end(t))).replace(' ', '·');
    return part ? shown + " (a part of it)" : shown;
  }

  private static String visibleLines(String text) {
    return visible(text).replace("\\n", "\\n\n");
  }

  /** Control characters by their escapes: a terminal must not obey a text. */
  static String visible(String text) {
    StringBuilder visible = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '\n' -> visible.append("\\n");
                case '\r' -> visible.append("\\r");
                case '\t' -> visible.append("\\t");
                default -> {
                  if (Character.isISOControl(c)
                      || Character.getType(c) == Character.FORMAT
                      || Character.getType(c) == Character.LINE_SEPARATOR
                      || Character.getType(c) == Character.PARAGRAPH_SEPARATOR) {
                    visible.append("\\u{%x}".formatted(c));
                  } else {
                    visible.appendCodePoint(c);
                  }
                }
              }
            });
    return visible.toString();
  }
}

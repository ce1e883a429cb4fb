package io.github.llm4j.tokenizers.bpe;

import io.github.llm4j.tokenizers.pipeline.Stage;
import io.github.llm4j.tokenizers.pipeline.Text;
import io.github.llm4j.tokenizers.pipeline.Utf8;

/**
 * Words to learn character merges from, in texts that write a blank as U+2581 (▁): one of those
 * begins a word, with letters, digits, blanks of other kinds or anything else behind it, never
 * mixed. Since no merge then joins what was cut, the model needs no pre-tokenizer to cut the same.
 */
public final class SentenceWords {
  private static final int BLANK = 0x2581;

  private SentenceWords() {}

  /** What is never mixed in one word. */
  private enum Kind {
    LETTER,
    NUMBER,
    BLANK,
    OTHER
  }

  private static Kind kind(int c) {
    return switch (Character.getType(c)) {
      case Character.UPPERCASE_LETTER,
          Character.LOWERCASE_LETTER,
          Character.TITLECASE_LETTER,
          Character.MODIFIER_LETTER,
          Character.OTHER_LETTER,
          Character.NON_SPACING_MARK,
          Character.COMBINING_SPACING_MARK ->
          Kind.LETTER;
      case Character.DECIMAL_DIGIT_NUMBER, Character.LETTER_NUMBER, Character.OTHER_NUMBER ->
          Kind.NUMBER;
      case Character.SPACE_SEPARATOR,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.CONTROL ->
          Kind.BLANK;
      default -> Kind.OTHER;
    };
  }

  /** Whether a word always ends between these two characters. */
  public static boolean parts(int before, int after) {
    return after == BLANK || (before != BLANK && kind(before) != kind(after));
  }

  /** A stage that hands on words. */
  public static Stage open(Stage next) {
    return (text, from, to) -> take(text, from, to, next);
  }

  private static void take(Text text, int from, int to, Stage next) {
    byte[] utf8 = text.bytes();
    int start = from;
    int before = Utf8.codePoint(utf8, from);
    for (int i = from + Utf8.length(before); i < to; ) {
      int c = Utf8.codePoint(utf8, i);
      if (parts(before, c)) {
        next.take(text, start, i);
        start = i;
      }
      before = c;
      i += Utf8.length(c);
    }
    next.take(text, start, to);
  }
}

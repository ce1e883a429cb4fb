package io.github.llm4j.tokenizers.pretokenizer;

import io.github.llm4j.tokenizers.pipeline.Utf8;

/**
 * What kind of character a character is, and sets of kinds: a kind is a number below 64, a set has
 * the bit of each kind. A kind is a general category of Unicode, but for a few characters that some
 * set parts from the others of their category.
 *
 * <p>Threading: immutable.
 */
final class Kinds {
  /** White space among the control characters, but for line ends. */
  private static final int BLANK = 31;

  private static final int LINE_END = 32;

  /** Symbols that ASCII counts among punctuation: {@code $+<=>^`|~}. */
  private static final int ASCII_SYMBOL = 33;

  /** Punctuation that {@link NewPunctuation} holds. */
  private static final int NEW_PUNCTUATION = 34;

  /** Symbols that are alphabetic: letters in circles and squares. */
  private static final int LETTER_SYMBOL = 35;

  /** The two joiners, which the words of regular expressions may hold. */
  private static final int JOINER = 36;

  /** A mark and a symbol that were punctuation once. */
  private static final int OLD_PUNCTUATION_MARK = 37;

  private static final int OLD_PUNCTUATION_SYMBOL = 38;

  static final long LINE_ENDS = 1L << LINE_END;

  /** White_Space. */
  static final long SPACES =
      set(Character.SPACE_SEPARATOR, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, BLANK)
          | LINE_ENDS;

  /** Letters that are upper case: Lu, Lt. */
  static final long UPPER = set(Character.UPPERCASE_LETTER, Character.TITLECASE_LETTER);

  /** Letters that are lower case: Ll. */
  static final long LOWER = set(Character.LOWERCASE_LETTER);

  /** Letters without case: Lm, Lo. */
  static final long CASELESS = set(Character.MODIFIER_LETTER, Character.OTHER_LETTER);

  static final long LETTERS = UPPER | LOWER | CASELESS;

  static final long MARKS =
      set(
          Character.NON_SPACING_MARK,
          Character.COMBINING_SPACING_MARK,
          Character.ENCLOSING_MARK,
          OLD_PUNCTUATION_MARK);

  static final long NUMBERS =
      set(Character.DECIMAL_DIGIT_NUMBER, Character.LETTER_NUMBER, Character.OTHER_NUMBER);

  private static final long KNOWN_PUNCTUATION =
      set(
          Character.CONNECTOR_PUNCTUATION,
          Character.DASH_PUNCTUATION,
          Character.START_PUNCTUATION,
          Character.END_PUNCTUATION,
          Character.INITIAL_QUOTE_PUNCTUATION,
          Character.FINAL_QUOTE_PUNCTUATION,
          Character.OTHER_PUNCTUATION);

  /** What regular expressions call P. */
  static final long PUNCTUATION = KNOWN_PUNCTUATION | set(NEW_PUNCTUATION);

  /** What BertPreTokenizer and Punctuation take for punctuation. */
  static final long BERT_PUNCTUATION =
      KNOWN_PUNCTUATION | set(ASCII_SYMBOL, OLD_PUNCTUATION_MARK, OLD_PUNCTUATION_SYMBOL);

  /** What regular expressions call S. */
  static final long SYMBOLS =
      set(
          Character.MATH_SYMBOL,
          Character.CURRENCY_SYMBOL,
          Character.MODIFIER_SYMBOL,
          Character.OTHER_SYMBOL,
          ASCII_SYMBOL,
          LETTER_SYMBOL,
          OLD_PUNCTUATION_SYMBOL);

  /** Word characters of Unicode Technical Standard 18, Annex C. */
  static final long WORD =
      LETTERS
          | MARKS
          | set(
              Character.DECIMAL_DIGIT_NUMBER,
              Character.LETTER_NUMBER,
              Character.CONNECTOR_PUNCTUATION,
              LETTER_SYMBOL,
              JOINER);

  /** Kinds of the characters that take no surrogates. */
  private static final byte[] TABLE = new byte[1 << 16];

  static {
    for (int c = 0; c < TABLE.length; c++) {
      TABLE[c] = compute(c);
    }
  }

  private Kinds() {}

  private static long set(int... kinds) {
    long set = 0;
    for (int kind : kinds) {
      set |= 1L << kind;
    }
    return set;
  }

  private static byte compute(int c) {
    return (byte)
        switch (c) {
          case '\t', 0x0B, '\f', 0x85 -> BLANK;
          case '\n', '\r' -> LINE_END;
          case '$', '+', '<', '=', '>', '^', '`', '|', '~' -> ASCII_SYMBOL;
          case 0x200C, 0x200D -> JOINER;
          case 0x111C9 -> OLD_PUNCTUATION_MARK;
          case 0x166D -> OLD_PUNCTUATION_SYMBOL;
          default -> byCategory(c, Character.getType(c));
        };
  }

  private static int byCategory(int c, int category) {
    if (category == Character.OTHER_SYMBOL && Character.isAlphabetic(c)) {
      return LETTER_SYMBOL;
    }
    boolean punctuation = (1L << category & KNOWN_PUNCTUATION) != 0;
    return punctuation && NewPunctuation.has(c) ? NEW_PUNCTUATION : category;
  }

  private static int of(int c) {
    return c < TABLE.length ? TABLE[c] : compute(c);
  }

  /** Whether a character is in a set. */
  static boolean has(long set, int c) {
    return (set >>> of(c) & 1) != 0;
  }

  /** Whether the character that begins at a place is in a set. */
  static boolean hasAt(long set, byte[] utf8, int at) {
    byte b = utf8[at];
    return b >= 0 ? (set >>> TABLE[b] & 1) != 0 : has(set, Utf8.codePoint(utf8, at));
  }

  /** Place behind the characters of a set that stand at a place. */
  static int skip(long set, byte[] utf8, int at, int to) {
    int i = at;
    while (i < to) {
      byte b = utf8[i];
      if (b >= 0) {
        if ((set >>> TABLE[b] & 1) == 0) {
          return i;
        }
        i++;
      } else {
        int c = Utf8.codePoint(utf8, i);
        if (!has(set, c)) {
          return i;
        }
        i += Utf8.length(c);
      }
    }
    return i;
  }
}

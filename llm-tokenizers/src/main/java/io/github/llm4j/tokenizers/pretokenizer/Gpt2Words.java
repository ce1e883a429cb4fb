package io.github.llm4j.tokenizers.pretokenizer;

import io.github.llm4j.tokenizers.pipeline.Utf8;

/**
 * The words of GPT-2: {@code 's|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+|
 * ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+}, with the Unicode meaning of its classes. Radford et al. 2019,
 * encoder.py.
 *
 * <p>One pass over UTF-8, no state: a word's end depends on what follows its beginning alone.
 */
final class Gpt2Words {
  private static final byte OTHER = 0;
  private static final byte LETTER = 1;
  private static final byte NUMBER = 2;
  private static final byte SPACE = 3;

  /** Kinds of the characters that take no surrogates. */
  private static final byte[] KINDS = new byte[1 << 16];

  static {
    for (int c = 0; c < KINDS.length; c++) {
      KINDS[c] = compute(c);
    }
  }

  private Gpt2Words() {}

  private static byte compute(int c) {
    return switch (Character.getType(c)) {
      case Character.UPPERCASE_LETTER,
          Character.LOWERCASE_LETTER,
          Character.TITLECASE_LETTER,
          Character.MODIFIER_LETTER,
          Character.OTHER_LETTER ->
          LETTER;
      case Character.DECIMAL_DIGIT_NUMBER, Character.LETTER_NUMBER, Character.OTHER_NUMBER ->
          NUMBER;
      case Character.SPACE_SEPARATOR, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
          SPACE;
      default -> (c >= '\t' && c <= '\r') || c == 0x85 ? SPACE : OTHER;
    };
  }

  private static byte kind(int c) {
    return c < KINDS.length ? KINDS[c] : compute(c);
  }

  /** End of the word that begins at {@code from}. */
  static int end(byte[] utf8, int from, int to) {
    byte first = utf8[from];
    if (first == '\'') {
      int contraction = contraction(utf8, from + 1, to);
      if (contraction > 0) {
        return from + 1 + contraction;
      }
    }
    if (first == ' ' && from + 1 < to) {
      byte next = kind(Utf8.codePoint(utf8, from + 1));
      if (next != SPACE) {
        return runEnd(utf8, from + 1, to, next);
      }
    }
    byte kind = kind(Utf8.codePoint(utf8, from));
    return kind == SPACE ? blankEnd(utf8, from, to) : runEnd(utf8, from, to, kind);
  }

  /** Letters of 's, 't, 're, 've, 'm, 'll or 'd behind the apostrophe; 0 if it is none of them. */
  private static int contraction(byte[] utf8, int at, int to) {
    if (at >= to) {
      return 0;
    }
    byte next = at + 1 < to ? utf8[at + 1] : 0;
    return switch (utf8[at]) {
      case 's', 't', 'm', 'd' -> 1;
      case 'r', 'v' -> next == 'e' ? 2 : 0;
      case 'l' -> next == 'l' ? 2 : 0;
      default -> 0;
    };
  }

  private static int runEnd(byte[] utf8, int from, int to, byte kind) {
    int i = from;
    while (i < to) {
      byte b = utf8[i];
      if (b >= 0) {
        if (KINDS[b] != kind) {
          return i;
        }
        i++;
      } else {
        int c = Utf8.codePoint(utf8, i);
        if (kind(c) != kind) {
          return i;
        }
        i += Utf8.length(c);
      }
    }
    return i;
  }

  /** Blanks up to the end of the text, or else all but the last, which goes to the next word. */
  private static int blankEnd(byte[] utf8, int from, int to) {
    int last = from;
    int i = from;
    while (i < to) {
      int c = Utf8.codePoint(utf8, i);
      if (kind(c) != SPACE) {
        return last == from ? i : last;
      }
      last = i;
      i += Utf8.length(c);
    }
    return to;
  }

  /** Between a word and a blank, and between kinds but for what may be a contraction. */
  static boolean alwaysParts(int before, int after) {
    byte kind = kind(before);
    return kind != SPACE && kind != kind(after) && before != '\'';
  }
}

package io.github.llm4j.tokenizers.pretokenizer;

import io.github.llm4j.tokenizers.pipeline.Utf8;

/**
 * The words of o200k (GPT-4o), which end where lower case ends and upper case begins: with {@code U
 * = [\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]}, {@code W = [\p{Ll}\p{Lm}\p{Lo}\p{M}]} and the contractions
 * {@code C = (?i:'s|'t|'re|'ve|'m|'ll|'d)} they are {@code
 * [^\r\n\p{L}\p{N}]?U*W+C?|[^\r\n\p{L}\p{N}]?U+W*C?|\p{N}{1,3}|
 * ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+}. Linear: a character is looked at a bounded
 * number of times.
 *
 * @param digits the most numbers of a word
 * @param contractions whether a word may end with one
 */
record O200kWords(int digits, boolean contractions) implements Words {
  private static final long UPPER = Kinds.UPPER | Kinds.CASELESS | Kinds.MARKS;
  private static final long LOWER = Kinds.LOWER | Kinds.CASELESS | Kinds.MARKS;
  private static final long OTHERS = ~(Kinds.LETTERS | Kinds.NUMBERS | Kinds.SPACES);
  private static final long PREFIXES = ~(Kinds.LETTERS | Kinds.NUMBERS | Kinds.LINE_ENDS);

  @Override
  public int end(byte[] utf8, int from, int to) {
    if (Kinds.hasAt(Kinds.NUMBERS, utf8, from)) {
      return Numbers.end(utf8, from, to, digits);
    }
    int end = letters(utf8, from, to);
    if (end > 0) {
      return contractions && end < to && utf8[end] == '\''
          ? Contractions.endInAnyCase(utf8, end, to, true)
          : end;
    }
    int at = utf8[from] == ' ' ? from + 1 : from;
    end = Kinds.skip(OTHERS, utf8, at, to);
    return end > at ? tailEnd(utf8, end, to) : BlankWords.lineEnd(utf8, from, to, false);
  }

  /** End of the letters that begin at a place or behind the character there; 0 if none do. */
  private static int letters(byte[] utf8, int from, int to) {
    boolean prefix = Kinds.hasAt(PREFIXES, utf8, from);
    int second = from + Utf8.lengthAt(utf8[from]);
    int end = prefix ? withLower(utf8, second, to) : 0;
    if (end == 0) {
      end = withLower(utf8, from, to);
    }
    if (end == 0) { // there is none in lower case
      int at = prefix ? second : from;
      int upper = Kinds.skip(UPPER, utf8, at, to);
      end = upper > at ? upper : 0;
    }
    return end;
  }

  /** {@code U*W+}; 0 if it isn't there. */
  private static int withLower(byte[] utf8, int from, int to) {
    int upper = Kinds.skip(UPPER, utf8, from, to);
    int end = Kinds.skip(LOWER, utf8, upper, to);
    if (end > upper) {
      return end;
    }
    // U* gives back what follows the last character that is in W too: all of it is upper case.
    for (int i = upper; i > from; ) {
      int before = Utf8.before(utf8, i);
      if (Kinds.hasAt(LOWER, utf8, before)) {
        return i;
      }
      i = before;
    }
    return 0;
  }

  private static int tailEnd(byte[] utf8, int from, int to) {
    int i = from;
    while (i < to && (utf8[i] == '\n' || utf8[i] == '\r' || utf8[i] == '/')) {
      i++;
    }
    return i;
  }

  @Override
  public boolean alwaysParts(int before, int after) {
    if (Kinds.has(Kinds.SPACES, before)) {
      return false;
    }
    if (Kinds.has(Kinds.SPACES & ~Kinds.LINE_ENDS, after)
        || Kinds.has(Kinds.NUMBERS, before) != Kinds.has(Kinds.NUMBERS, after)) {
      return true;
    }
    return Kinds.has(Kinds.LETTERS, before)
        && !Kinds.has(Kinds.LETTERS | Kinds.MARKS, after)
        && after != '\'';
  }
}

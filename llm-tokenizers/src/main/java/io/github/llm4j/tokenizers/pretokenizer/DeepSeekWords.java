package io.github.llm4j.tokenizers.pretokenizer;

import io.github.llm4j.tokenizers.pipeline.Utf8;

/**
 * The words of DeepSeek V3 behind numbers: with {@code A} for the punctuation of ASCII they are
 * {@code A[A-Za-z]+|[^\r\n\p{L}\p{P}\p{S}]?[\p{L}\p{M}]+|
 * ?[\p{P}\p{S}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+}; a number or a control character alone is in
 * none.
 */
record DeepSeekWords() implements Words {
  private static final long LETTERS = Kinds.LETTERS | Kinds.MARKS;
  private static final long SIGNS = Kinds.PUNCTUATION | Kinds.SYMBOLS;
  private static final long PREFIXES = ~(Kinds.LINE_ENDS | Kinds.LETTERS | SIGNS);

  @Override
  public int end(byte[] utf8, int at, int to) {
    int end = match(utf8, at, to);
    if (end > at) {
      return end;
    }
    int i = at;
    do {
      i += Utf8.lengthAt(utf8[i]);
    } while (i < to && match(utf8, i, to) == i);
    return ~i;
  }

  /** End of the word that begins at a place; the place itself if none does. */
  private static int match(byte[] utf8, int from, int to) {
    int second = from + Utf8.lengthAt(utf8[from]);
    if (second < to && Kinds.hasAt(SIGNS, utf8, from) && utf8[from] >= 0) {
      int end = latin(utf8, second, to);
      if (end > second) {
        return end;
      }
    }
    int end = Kinds.skip(LETTERS, utf8, from, to);
    if (end > from) {
      return end;
    }
    if (second < to && Kinds.hasAt(PREFIXES, utf8, from)) {
      end = Kinds.skip(LETTERS, utf8, second, to);
      if (end > second) {
        return end;
      }
    }
    int at = utf8[from] == ' ' ? second : from;
    end = Kinds.skip(SIGNS, utf8, at, to);
    if (end > at) {
      return Kinds.skip(Kinds.LINE_ENDS, utf8, end, to);
    }
    return Kinds.hasAt(Kinds.SPACES, utf8, from) ? BlankWords.lineEnd(utf8, from, to, false) : from;
  }

  private static int latin(byte[] utf8, int from, int to) {
    int i = from;
    while (i < to && (utf8[i] | 0x20) >= 'a' && (utf8[i] | 0x20) <= 'z') {
      i++;
    }
    return i;
  }

  @Override
  public boolean alwaysParts(int before, int after) {
    return !Kinds.has(Kinds.SPACES, before)
        && (Kinds.has(Kinds.SPACES & ~Kinds.LINE_ENDS, after)
            || (Kinds.has(LETTERS, before) && !Kinds.has(LETTERS, after)));
  }
}

package io.github.llm4j.tokenizers.pretokenizer;

import io.github.llm4j.tokenizers.pipeline.Utf8;

/**
 * The words of CLIP: {@code 's|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+}; white space
 * is in none. Radford et al. 2021.
 */
record ClipWords() implements Words {
  private static final long OTHERS = ~(Kinds.LETTERS | Kinds.NUMBERS | Kinds.SPACES);

  @Override
  public int end(byte[] utf8, int from, int to) {
    if (utf8[from] == '\'') {
      int end = Contractions.end(utf8, from, to);
      if (end > from) {
        return end;
      }
    }
    int end = Kinds.skip(Kinds.LETTERS, utf8, from, to);
    if (end == from) {
      end = Kinds.skip(OTHERS, utf8, from, to);
    }
    if (end > from) {
      return end;
    }
    end = Kinds.skip(Kinds.SPACES, utf8, from, to);
    return end > from ? ~end : from + Utf8.lengthAt(utf8[from]);
  }

  @Override
  public boolean alwaysParts(int before, int after) {
    return Kinds.has(Kinds.NUMBERS, before)
        || Kinds.has(Kinds.NUMBERS, after)
        || Kinds.has(Kinds.SPACES, before) != Kinds.has(Kinds.SPACES, after)
        || (before != '\'' && Kinds.has(OTHERS, before) != Kinds.has(OTHERS, after));
  }
}

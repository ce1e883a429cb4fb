package io.github.llm4j.tokenizers.pretokenizer;

/**
 * The words of GPT-2: {@code 's|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+|
 * ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+}, with the Unicode meaning of its classes. Radford et al. 2019,
 * encoder.py.
 */
record Gpt2Words() implements Words {
  private static final long OTHERS = ~(Kinds.LETTERS | Kinds.NUMBERS | Kinds.SPACES);

  @Override
  public int end(byte[] utf8, int from, int to) {
    byte first = utf8[from];
    if (first == '\'') {
      int end = Contractions.end(utf8, from, to);
      if (end > from) {
        return end;
      }
    }
    int at = first == ' ' && from + 1 < to ? from + 1 : from;
    int end = Kinds.skip(Kinds.LETTERS, utf8, at, to);
    if (end == at) {
      end = Kinds.skip(OTHERS, utf8, at, to);
    }
    if (end == at) {
      end = Kinds.skip(Kinds.NUMBERS, utf8, at, to);
    }
    return end > at ? end : BlankWords.end(utf8, from, to);
  }

  /** Between a word and a blank, and between kinds but for what may be a contraction. */
  @Override
  public boolean alwaysParts(int before, int after) {
    return !Kinds.has(Kinds.SPACES, before) && before != '\'' && kind(before) != kind(after);
  }

  private static long kind(int c) {
    return Kinds.has(Kinds.LETTERS, c)
        ? Kinds.LETTERS
        : Kinds.has(Kinds.NUMBERS, c)
            ? Kinds.NUMBERS
            : Kinds.has(Kinds.SPACES, c) ? Kinds.SPACES : OTHERS;
  }
}

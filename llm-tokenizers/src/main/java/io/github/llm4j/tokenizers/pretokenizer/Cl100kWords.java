package io.github.llm4j.tokenizers.pretokenizer;

import io.github.llm4j.tokenizers.pipeline.Utf8;

/**
 * The words of cl100k, Llama 3 and Qwen 2: {@code (?i:'s|'t|'re|'ve|'m|'ll|'d)|
 * [^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+}. Linear:
 * a character is looked at a bounded number of times.
 *
 * @param letters what {@code \p{L}+} stands for, marks included or not
 * @param digits the most numbers of a word
 * @param folds whether ſ is an s in a contraction
 * @param wholeEnd whether white space at the end of the text is one word, line ends or not
 */
record Cl100kWords(long letters, int digits, boolean folds, boolean wholeEnd) implements Words {

  @Override
  public int end(byte[] utf8, int from, int to) {
    byte first = utf8[from];
    if (first == '\'') {
      int end = Contractions.endInAnyCase(utf8, from, to, folds);
      if (end > from) {
        return end;
      }
    }
    int end = Kinds.skip(letters, utf8, from, to);
    if (end > from) {
      return end;
    }
    if (Kinds.hasAt(Kinds.NUMBERS, utf8, from)) {
      return Numbers.end(utf8, from, to, digits);
    }
    int second = from + Utf8.lengthAt(first);
    if (second < to && first != '\n' && first != '\r') {
      end = Kinds.skip(letters, utf8, second, to);
      if (end > second) {
        return end;
      }
    }
    int at = first == ' ' ? second : from;
    end = Kinds.skip(others(), utf8, at, to);
    if (end > at) {
      return Kinds.skip(Kinds.LINE_ENDS, utf8, end, to);
    }
    return BlankWords.lineEnd(utf8, from, to, wholeEnd);
  }

  private long others() {
    return ~(letters | Kinds.NUMBERS | Kinds.SPACES);
  }

  @Override
  public boolean alwaysParts(int before, int after) {
    if (Kinds.has(Kinds.SPACES, before)) {
      return false;
    }
    if (Kinds.has(others(), before)) {
      return Kinds.has(Kinds.NUMBERS | Kinds.SPACES & ~Kinds.LINE_ENDS, after);
    }
    return Kinds.has(letters, before) != Kinds.has(letters, after)
        || Kinds.has(Kinds.NUMBERS, before) != Kinds.has(Kinds.NUMBERS, after);
  }
}

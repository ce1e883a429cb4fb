package io.github.llm4j.tokenizers.pretokenizer;

import io.github.llm4j.tokenizers.pipeline.Utf8;

/** Words of numbers alone. */
final class Numbers {
  private Numbers() {}

  /** {@code \p{N}{1,most}}: end of the numbers that begin at a place, so many at most. */
  static int end(byte[] utf8, int from, int to, int most) {
    int end = from;
    for (int n = 0; n < most && end < to && Kinds.hasAt(Kinds.NUMBERS, utf8, end); n++) {
      end += Utf8.lengthAt(utf8[end]);
    }
    return end;
  }
}

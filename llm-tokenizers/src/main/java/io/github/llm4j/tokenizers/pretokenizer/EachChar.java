package io.github.llm4j.tokenizers.pretokenizer;

import io.github.llm4j.tokenizers.pipeline.Utf8;

/** Each character by itself, none of which is a match: what the empty pattern finds. */
record EachChar() implements Words {
  @Override
  public int end(byte[] utf8, int at, int to) {
    return ~(at + Utf8.lengthAt(utf8[at]));
  }

  @Override
  public boolean alwaysParts(int before, int after) {
    return true;
  }
}

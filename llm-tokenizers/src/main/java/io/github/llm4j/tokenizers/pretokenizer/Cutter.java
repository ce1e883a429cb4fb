package io.github.llm4j.tokenizers.pretokenizer;

import io.github.llm4j.tokenizers.pipeline.PreTokenizer;

/** A pre-tokenizer that says what a sequence must know of its members. Threading: immutable. */
interface Cutter extends PreTokenizer {
  /**
   * Whether a text may be parted between these two characters: if no word ends there, the two
   * pieces of one meet there, and all others are as they were.
   */
  default boolean separable(int before, int after) {
    return alwaysParts(before, after);
  }

  /** Whether words hold other characters than the text. */
  default boolean changes() {
    return false;
  }

  /** Whether a piece that begins with this character may be given another before it. */
  default boolean prefixes(int first) {
    return false;
  }
}

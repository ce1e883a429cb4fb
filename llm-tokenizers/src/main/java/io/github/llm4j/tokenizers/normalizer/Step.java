package io.github.llm4j.tokenizers.normalizer;

import io.github.llm4j.tokenizers.pipeline.Normalizer;

/** A normalizer that says what a sequence must know of its members. Threading: immutable. */
interface Step extends Normalizer {
  /** Whether a character stays what it is, whatever stands around it. False if unsure. */
  boolean keeps(int c);
}

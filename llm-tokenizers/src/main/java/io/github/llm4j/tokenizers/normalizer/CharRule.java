package io.github.llm4j.tokenizers.normalizer;

/** What becomes of a character by itself. Threading: immutable. */
@FunctionalInterface
interface CharRule {
  /** The text that a character becomes; empty if it is left out. */
  String of(int c);
}

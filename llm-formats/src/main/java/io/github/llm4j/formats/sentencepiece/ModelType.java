package io.github.llm4j.formats.sentencepiece;

import org.jspecify.annotations.Nullable;

/** How a model cuts texts; the numbers are the format's. */
public enum ModelType {
  /** The pieces of the greatest sum of scores, which are logarithms of probabilities. */
  UNIGRAM(1),
  /** Merges neighbours, the greatest score first. */
  BPE(2),
  /** Whole words. */
  WORD(3),
  /** Single characters. */
  CHAR(4);

  private final int code;

  ModelType(int code) {
    this.code = code;
  }

  /** The format's number. */
  public int code() {
    return code;
  }

  static @Nullable ModelType of(int code) {
    return switch (code) {
      case 1 -> UNIGRAM;
      case 2 -> BPE;
      case 3 -> WORD;
      case 4 -> CHAR;
      default -> null;
    };
  }
}

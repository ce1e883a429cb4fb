package io.github.llm4j.formats.sentencepiece;

import org.jspecify.annotations.Nullable;

/** What a piece is for; the numbers are the format's. */
public enum PieceType {
  /** A part of texts. */
  NORMAL(1),
  /** Stands for what no other piece covers; each model has one. */
  UNKNOWN(2),
  /** Never found in a text: begin, end, padding. */
  CONTROL(3),
  /** Always found whole in a text, before any other. */
  USER_DEFINED(4),
  /** Has an id and is never given out. */
  UNUSED(5),
  /** A byte of what no other piece covers. */
  BYTE(6);

  private final int code;

  PieceType(int code) {
    this.code = code;
  }

  /** The format's number. */
  public int code() {
    return code;
  }

  /** Whether a text may hold it, rather than the model alone. */
  boolean inTexts() {
    return this == NORMAL || this == USER_DEFINED || this == UNUSED;
  }

  static @Nullable PieceType of(int code) {
    return switch (code) {
      case 1 -> NORMAL;
      case 2 -> UNKNOWN;
      case 3 -> CONTROL;
      case 4 -> USER_DEFINED;
      case 5 -> UNUSED;
      case 6 -> BYTE;
      default -> null;
    };
  }
}

package io.github.llm4j.api.tokenizer;

/** The side of a text at which it is cut or filled up. */
public enum Side {
  /** At its beginning. */
  LEFT,
  /** At its end. */
  RIGHT
}

package io.github.llm4j.api.layer;

/** What a forward pass is for. */
public enum Mode {
  /** With gradients, dropout active. */
  TRAIN,
  /** Loss and metrics only, no dropout. */
  EVALUATE,
  /** Logits of new tokens, over a cache. */
  GENERATE
}

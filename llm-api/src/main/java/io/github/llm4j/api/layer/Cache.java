package io.github.llm4j.api.layer;

import io.github.llm4j.api.op.Ops;
import io.github.llm4j.api.tensor.Tensor;

/** Keys and values of the tokens before, while text is generated. */
public interface Cache {

  /**
   * Writes the rows of new tokens behind those held and gives the whole.
   *
   * @param ops what to record with
   * @param path which cache, as {@code blocks.3.attention.keys}; made at first use
   * @param rows {@code [B, T, K, D]}
   * @return {@code [B, S, K, D]}, of which {@link #lengths} rows are valid
   */
  Tensor append(Ops ops, String path, Tensor rows);

  /** {@code [B]} (I32): valid rows, the new ones among them. */
  Tensor lengths();
}

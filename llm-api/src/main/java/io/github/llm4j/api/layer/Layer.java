package io.github.llm4j.api.layer;

import io.github.llm4j.api.tensor.Tensor;

/**
 * What maps a stream to itself: a norm, attention, a feed-forward network, a block, a linear map.
 *
 * <p>A layer is made once with its parameters and is immutable; it has no backward pass, no
 * training flag and no listeners. The same code runs in training, evaluation and generation.
 */
@FunctionalInterface
public interface Layer {

  /**
   * Computes the output with {@code pass.ops()}.
   *
   * @param x usually {@code [B, T, C]}
   * @param pass everything else that a forward pass knows
   */
  Tensor forward(Tensor x, Pass pass);
}

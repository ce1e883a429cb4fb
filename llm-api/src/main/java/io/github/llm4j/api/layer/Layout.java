package io.github.llm4j.api.layer;

import io.github.llm4j.api.tensor.Tensor;
import java.util.Optional;

/**
 * How the tokens of a batch lie.
 *
 * @param causal whether a token sees no later one
 * @param positions {@code [B, T]} (I32): place of each token in its text, for positions
 * @param lengths {@code [B]} (I32): valid keys of each row, if they vary; with a cache they count
 *     the new tokens too
 * @param mask {@code [B, S]} (U8): 0 where a key is padding, if any is
 */
public record Layout(
    boolean causal, Tensor positions, Optional<Tensor> lengths, Optional<Tensor> mask) {

  /** Full rows without padding. */
  public static Layout full(boolean causal, Tensor positions) {
    return new Layout(causal, positions, Optional.empty(), Optional.empty());
  }
}

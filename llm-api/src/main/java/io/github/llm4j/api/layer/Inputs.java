package io.github.llm4j.api.layer;

import io.github.llm4j.api.tensor.Tensor;
import java.util.Map;
import java.util.Optional;

/**
 * Named tensors that go into an assembly.
 *
 * @param tensors by name: {@code ids} [B, T] (I32) always; {@code source-ids}, {@code source-mask}
 *     for an encoder-decoder; {@code mask} [B, T] (U8) where rows are padded
 */
public record Inputs(Map<String, Tensor> tensors) {

  /** Copies the map. */
  public Inputs {
    tensors = Map.copyOf(tensors);
  }

  /** Token ids alone. */
  public static Inputs ids(Tensor ids) {
    return new Inputs(Map.of("ids", ids));
  }

  /** Token ids, {@code [B, T]}. */
  public Tensor ids() {
    return get("ids").orElseThrow(() -> new IllegalArgumentException("inputs lack ids"));
  }

  /** A tensor by name. */
  public Optional<Tensor> get(String name) {
    return Optional.ofNullable(tensors.get(name));
  }
}

package io.github.llm4j.api.layer;

import io.github.llm4j.api.tensor.Tensor;
import java.util.Map;
import java.util.Optional;

/**
 * Named tensors that come out of an assembly.
 *
 * @param tensors by name: {@code states} [B, T, C] always; {@code logits} [B, T, V] where the head
 *     gives them
 */
public record Outputs(Map<String, Tensor> tensors) {

  /** Copies the map. */
  public Outputs {
    tensors = Map.copyOf(tensors);
  }

  /** Logits, {@code [B, T, V]}. */
  public Tensor logits() {
    return get("logits").orElseThrow(() -> new IllegalStateException("the model has no logits"));
  }

  /** A tensor by name. */
  public Optional<Tensor> get(String name) {
    return Optional.ofNullable(tensors.get(name));
  }
}

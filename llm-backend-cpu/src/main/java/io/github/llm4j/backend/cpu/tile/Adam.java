package io.github.llm4j.backend.cpu.tile;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Memory of AdamW, all F32 but the copy.
 *
 * @param grad gradients
 * @param w weights
 * @param m first moments
 * @param v second moments
 * @param copy the weights in BF16, where there is such a copy
 */
public record Adam(
    MemorySegment grad,
    MemorySegment w,
    MemorySegment m,
    MemorySegment v,
    @Nullable MemorySegment copy) {

  /**
   * Constants of a block: {@code g = scale grad, m = beta1 m + rest1 g, v = beta2 v + rest2 g g, w
   * -= rate (c1 m / (sqrt(c2 v) + eps) + decay w)}.
   */
  public record Factors(
      float scale,
      float beta1,
      float rest1,
      float beta2,
      float rest2,
      float eps,
      float c1,
      float c2,
      float rate,
      float decay) {}
}

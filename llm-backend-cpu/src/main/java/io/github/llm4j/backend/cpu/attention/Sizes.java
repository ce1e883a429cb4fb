package io.github.llm4j.backend.cpu.attention;

import io.github.llm4j.api.op.Attention;
import io.github.llm4j.api.tensor.DType;
import io.github.llm4j.api.tensor.Shape;
import io.github.llm4j.api.tensor.TensorSpec;
import io.github.llm4j.backend.cpu.product.Tiles;
import java.util.List;

/**
 * Sizes of one attention; letters as in {@link Attention}.
 *
 * @param op the attention
 * @param type type of q, k, v
 * @param b texts
 * @param t queries
 * @param s keys
 * @param h query heads
 * @param k key heads
 * @param d size of a head
 */
record Sizes(Attention op, DType type, int b, int t, int s, int h, int k, int d) {
  /** Queries that are worked on together, a multiple of four. */
  static final int QUERIES = 16;

  static Sizes of(Attention op, List<TensorSpec> inputs) {
    Shape q = inputs.get(0).shape();
    Shape key = inputs.get(1).shape();
    return new Sizes(
        op,
        inputs.get(0).dtype(),
        q.size(0),
        q.size(1),
        key.size(1),
        q.size(2),
        key.size(2),
        q.size(3));
  }

  /** Size of a head, rounded up to whole vectors. */
  int width() {
    return (d + Tiles.LANES - 1) / Tiles.LANES * Tiles.LANES;
  }

  /** Keys, rounded up to whole blocks. */
  int keys() {
    return (s + Tiles.BLOCK - 1) / Tiles.BLOCK * Tiles.BLOCK;
  }

  /** Query heads that share a key head. */
  int group() {
    return h / k;
  }
}

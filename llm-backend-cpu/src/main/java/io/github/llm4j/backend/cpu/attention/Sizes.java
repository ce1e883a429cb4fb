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
 * @param lanes floats worked on at once
 * @param block keys worked on at once
 */
record Sizes(
    Attention op, DType type, int b, int t, int s, int h, int k, int d, int lanes, int block) {
  /** Queries that are worked on together, a multiple of four. */
  static final int QUERIES = 16;

  static Sizes of(Attention op, List<TensorSpec> inputs, Tiles tiles) {
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
        q.size(3),
        tiles.lanes(),
        tiles.block());
  }

  /** Size of a head, rounded up to whole vectors. */
  int width() {
    return (d + lanes - 1) / lanes * lanes;
  }

  /** Keys, rounded up to whole blocks. */
  int keys() {
    return (s + block - 1) / block * block;
  }

  /** Query heads that share a key head. */
  int group() {
    return h / k;
  }
}

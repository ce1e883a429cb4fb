package io.github.llm4j.layers;

import io.github.llm4j.api.layer.Layout;
import io.github.llm4j.api.op.Ops;
import io.github.llm4j.api.tensor.Shape;
import io.github.llm4j.api.tensor.Tensor;

/** Layouts that assemblies derive. */
final class Layouts {
  private Layouts() {}

  /** The same tokens, causal or not. */
  static Layout of(Layout layout, boolean causal) {
    return new Layout(causal, layout.positions(), layout.lengths(), layout.mask());
  }

  /** Places 0, 1, .. of each row, {@code [B, T]}. */
  static Tensor places(Ops ops, int batch, int length) {
    Tensor row = ops.reshape(ops.iota(length), Shape.of(1, length));
    return ops.broadcast(row, Shape.of(batch, length));
  }
}

package io.github.llm4j.api.op;

import io.github.llm4j.api.tensor.DType;
import io.github.llm4j.api.tensor.Shape;
import io.github.llm4j.api.tensor.Tensor;
import io.github.llm4j.api.tensor.TensorSpec;
import java.util.List;

/**
 * Sets elements to zero with probability p and scales the others by {@code 1 / (1 - p)}. The mask
 * is a function of (seed, step, row, element), so nothing is saved.
 *
 * <p>Shapes: {@code x [B, ..], state [3] (I64): seed, step, global index of row 0 -> y} as x.
 *
 * @param p probability of zero, {@code 0 <= p < 1}
 * @param key hash of the layer path and the draw's name
 */
public record Dropout(float p, int key) implements Decomposable, Differentiable {

  @Override
  public List<Output> outputs(List<TensorSpec> inputs) {
    OpCheck.count(this, inputs, 2);
    OpCheck.isFloat(this, "x", inputs.get(0));
    OpCheck.dtype(this, "state", inputs.get(1), DType.I64);
    OpCheck.shape(this, "state", inputs.get(1), Shape.of(3));
    return List.of(Output.of(inputs.get(0)));
  }

  @Override
  public List<Tensor> decompose(Ops ops, List<Tensor> inputs) {
    Tensor x = inputs.get(0);
    Tensor u = ops.apply(new RandomUniform(key, x.shape()), List.of(inputs.get(1))).get(0);
    Tensor keep = ops.compare(Compare.Relation.GREATER_OR_EQUAL, u, ops.fill(p, u.spec()));
    return List.of(ops.where(keep, ops.scale(x, 1 / (1.0 - p), 0), ops.fill(0, x.spec())));
  }

  @Override
  public void vjp(Vjp vjp) {
    vjp.give(0, vjp.ops().apply(this, List.of(vjp.grad(0), vjp.input(1))).get(0));
  }
}

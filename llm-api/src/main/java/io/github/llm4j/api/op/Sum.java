package io.github.llm4j.api.op;

import io.github.llm4j.api.tensor.TensorSpec;
import java.util.List;

/**
 * Sum over one axis, which stays with size 1. A primitive.
 *
 * <p>Numerics: accumulated in F32 for shorter types, in a fixed order.
 *
 * @param axis which axis
 */
public record Sum(int axis) implements Differentiable {

  @Override
  public List<Output> outputs(List<TensorSpec> inputs) {
    OpCheck.count(this, inputs, 1);
    TensorSpec x = inputs.get(0);
    OpCheck.isFloat(this, "x", x);
    return List.of(Output.of(x.as(x.shape().with(OpCheck.axis(this, x, axis), 1))));
  }

  @Override
  public void vjp(Vjp vjp) {
    vjp.give(0, vjp.ops().broadcast(vjp.grad(0), vjp.input(0).shape()));
  }
}

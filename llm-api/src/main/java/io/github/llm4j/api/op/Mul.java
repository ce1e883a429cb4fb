package io.github.llm4j.api.op;

import io.github.llm4j.api.tensor.DType;
import io.github.llm4j.api.tensor.TensorSpec;
import java.util.List;

/**
 * Element-wise product of two tensors of one shape; of two float types the wider is the result's. A
 * primitive.
 */
public record Mul() implements Differentiable {

  @Override
  public List<Output> outputs(List<TensorSpec> inputs) {
    OpCheck.count(this, inputs, 2);
    TensorSpec a = inputs.get(0);
    TensorSpec b = inputs.get(1);
    OpCheck.shape(this, "b", b, a.shape());
    OpCheck.that(
        a.dtype() == b.dtype() || (a.dtype().isFloat() && b.dtype().isFloat()),
        this,
        "a and b must be of one type or both float",
        a + " and " + b);
    return List.of(Output.of(new TensorSpec(a.shape(), DType.wider(a.dtype(), b.dtype()))));
  }

  @Override
  public void vjp(Vjp vjp) {
    if (vjp.wants(0)) {
      vjp.give(0, vjp.ops().mul(vjp.grad(0), vjp.input(1)));
    }
    if (vjp.wants(1)) {
      vjp.give(1, vjp.ops().mul(vjp.grad(0), vjp.input(0)));
    }
  }
}

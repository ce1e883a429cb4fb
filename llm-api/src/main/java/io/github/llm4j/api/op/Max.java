package io.github.llm4j.api.op;

import io.github.llm4j.api.tensor.DType;
import io.github.llm4j.api.tensor.Tensor;
import io.github.llm4j.api.tensor.TensorSpec;
import java.util.List;

/**
 * Element-wise maximum of two tensors of one shape. A primitive; where both are equal the gradient
 * goes to {@code a}.
 */
public record Max() implements Differentiable {

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
    Ops ops = vjp.ops();
    DType wide = vjp.grad(0).dtype();
    Tensor a = ops.cast(vjp.input(0), wide);
    Tensor b = ops.cast(vjp.input(1), wide);
    Tensor first = ops.compare(Compare.Relation.GREATER_OR_EQUAL, a, b);
    Tensor zero = ops.scale(vjp.grad(0), 0, 0);
    if (vjp.wants(0)) {
      vjp.give(0, ops.where(first, vjp.grad(0), zero));
    }
    if (vjp.wants(1)) {
      vjp.give(1, ops.where(first, zero, vjp.grad(0)));
    }
  }
}

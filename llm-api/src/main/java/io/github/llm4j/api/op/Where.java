package io.github.llm4j.api.op;

import io.github.llm4j.api.tensor.DType;
import io.github.llm4j.api.tensor.Tensor;
import io.github.llm4j.api.tensor.TensorSpec;
import java.util.List;

/**
 * Element-wise choice: {@code y = condition != 0 ? a : b}. A primitive.
 *
 * <p>Shapes: condition (U8), a, b and y alike; a and b of one type.
 */
public record Where() implements Differentiable {

  @Override
  public List<Output> outputs(List<TensorSpec> inputs) {
    OpCheck.count(this, inputs, 3);
    TensorSpec a = inputs.get(1);
    OpCheck.dtype(this, "condition", inputs.get(0), DType.U8);
    OpCheck.shape(this, "condition", inputs.get(0), a.shape());
    OpCheck.shape(this, "b", inputs.get(2), a.shape());
    OpCheck.dtype(this, "b", inputs.get(2), a.dtype());
    return List.of(a.dtype().isFloat() ? Output.of(a) : Output.plain(a));
  }

  @Override
  public void vjp(Vjp vjp) {
    Ops ops = vjp.ops();
    Tensor condition = vjp.input(0);
    Tensor zero = ops.scale(vjp.grad(0), 0, 0);
    if (vjp.wants(1)) {
      vjp.give(1, ops.where(condition, vjp.grad(0), zero));
    }
    if (vjp.wants(2)) {
      vjp.give(2, ops.where(condition, zero, vjp.grad(0)));
    }
  }
}

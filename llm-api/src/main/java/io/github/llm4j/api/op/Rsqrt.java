package io.github.llm4j.api.op;

import io.github.llm4j.api.tensor.Tensor;
import io.github.llm4j.api.tensor.TensorSpec;
import java.util.List;

/**
 * Reciprocal square root: {@code y = x^(-1/2)}. A primitive; differentiates to {@code -dy * y^3 /
 * 2}.
 */
public record Rsqrt() implements Differentiable {

  @Override
  public List<Output> outputs(List<TensorSpec> inputs) {
    OpCheck.count(this, inputs, 1);
    OpCheck.isFloat(this, "x", inputs.get(0));
    return List.of(Output.of(inputs.get(0)));
  }

  @Override
  public void vjp(Vjp vjp) {
    Ops ops = vjp.ops();
    Tensor y = vjp.output(0);
    vjp.give(0, ops.mul(vjp.grad(0), ops.scale(ops.mul(ops.mul(y, y), y), -0.5, 0)));
  }
}

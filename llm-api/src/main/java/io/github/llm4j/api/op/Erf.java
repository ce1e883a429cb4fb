package io.github.llm4j.api.op;

import io.github.llm4j.api.tensor.Tensor;
import io.github.llm4j.api.tensor.TensorSpec;
import java.util.List;

/** Error function. A primitive; differentiates to {@code dy * 2 / sqrt(pi) * e^(-x^2)}. */
public record Erf() implements Differentiable {

  @Override
  public List<Output> outputs(List<TensorSpec> inputs) {
    OpCheck.count(this, inputs, 1);
    OpCheck.isFloat(this, "x", inputs.get(0));
    return List.of(Output.of(inputs.get(0)));
  }

  @Override
  public void vjp(Vjp vjp) {
    Ops ops = vjp.ops();
    Tensor x = vjp.input(0);
    Tensor bell = ops.exp(ops.scale(ops.mul(x, x), -1, 0));
    vjp.give(0, ops.mul(vjp.grad(0), ops.scale(bell, 2 / Math.sqrt(Math.PI), 0)));
  }
}

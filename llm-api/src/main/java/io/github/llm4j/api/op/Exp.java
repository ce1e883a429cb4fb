package io.github.llm4j.api.op;

import io.github.llm4j.api.tensor.TensorSpec;
import java.util.List;

/** Exponential: {@code y = e^x}. A primitive; differentiates to {@code dy * y}. */
public record Exp() implements Differentiable {

  @Override
  public List<Output> outputs(List<TensorSpec> inputs) {
    OpCheck.count(this, inputs, 1);
    OpCheck.isFloat(this, "x", inputs.get(0));
    return List.of(Output.of(inputs.get(0)));
  }

  @Override
  public void vjp(Vjp vjp) {
    Ops ops = vjp.ops();
    vjp.give(0, ops.mul(vjp.grad(0), vjp.output(0)));
  }
}

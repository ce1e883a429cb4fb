package io.github.llm4j.api.op;

import io.github.llm4j.api.tensor.TensorSpec;
import java.util.List;

/**
 * Affine map with constants: {@code y = factor * x + offset}. A primitive.
 *
 * @param factor what multiplies
 * @param offset what is added
 */
public record Scale(double factor, double offset) implements Differentiable {

  @Override
  public List<Output> outputs(List<TensorSpec> inputs) {
    OpCheck.count(this, inputs, 1);
    OpCheck.isFloat(this, "x", inputs.get(0));
    return List.of(Output.of(inputs.get(0)));
  }

  @Override
  public void vjp(Vjp vjp) {
    Ops ops = vjp.ops();
    vjp.give(0, ops.scale(vjp.grad(0), factor, 0));
  }
}

package io.github.llm4j.api.op;

import io.github.llm4j.api.tensor.TensorSpec;
import java.util.List;

/**
 * Affine map with constants: {@code y = factor * x + offset}; exact on integers, whose constants
 * are whole numbers. A primitive.
 *
 * @param factor what multiplies
 * @param offset what is added
 */
public record Scale(double factor, double offset) implements Differentiable {

  @Override
  public List<Output> outputs(List<TensorSpec> inputs) {
    OpCheck.count(this, inputs, 1);
    TensorSpec x = inputs.get(0);
    if (x.dtype().isFloat()) {
      return List.of(Output.of(x));
    }
    OpCheck.that(
        factor == Math.rint(factor) && offset == Math.rint(offset),
        this,
        "factor and offset must be whole for " + x,
        factor + " and " + offset);
    return List.of(Output.plain(x));
  }

  @Override
  public void vjp(Vjp vjp) {
    Ops ops = vjp.ops();
    vjp.give(0, ops.scale(vjp.grad(0), factor, 0));
  }
}

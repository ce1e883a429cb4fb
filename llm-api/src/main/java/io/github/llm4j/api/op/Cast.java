package io.github.llm4j.api.op;

import io.github.llm4j.api.tensor.DType;
import io.github.llm4j.api.tensor.TensorSpec;
import java.util.List;

/**
 * Conversion to another plain type. To a shorter float type it rounds to nearest, ties to even;
 * from float to integer it truncates. A primitive; the gradient is cast back.
 *
 * @param to type of the result
 */
public record Cast(DType to) implements Differentiable {

  @Override
  public List<Output> outputs(List<TensorSpec> inputs) {
    OpCheck.count(this, inputs, 1);
    TensorSpec x = inputs.get(0);
    OpCheck.that(
        !x.dtype().isQuantised() && !to.isQuantised(), this, "both types must be plain", x);
    boolean flows = x.dtype().isFloat() && to.isFloat();
    return List.of(flows ? Output.of(x.as(to)) : Output.plain(x.as(to)));
  }

  @Override
  public void vjp(Vjp vjp) {
    vjp.give(0, vjp.ops().cast(vjp.grad(0), vjp.input(0).dtype()));
  }
}

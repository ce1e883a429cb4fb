package io.github.llm4j.api.op;

import io.github.llm4j.api.tensor.Shape;
import io.github.llm4j.api.tensor.TensorSpec;
import java.util.List;

/**
 * The same elements in another shape; costs nothing, since tensors are dense. A primitive that
 * whoever records settles without a kernel.
 *
 * @param shape the new shape, of as many elements
 */
public record Reshape(Shape shape) implements Differentiable {

  @Override
  public List<Output> outputs(List<TensorSpec> inputs) {
    OpCheck.count(this, inputs, 1);
    TensorSpec x = inputs.get(0);
    OpCheck.that(
        x.shape().elements() == shape.elements(),
        this,
        "x must have the " + shape.elements() + " elements of " + shape,
        x);
    return List.of(x.dtype().isFloat() ? Output.of(x.as(shape)) : Output.plain(x.as(shape)));
  }

  @Override
  public void vjp(Vjp vjp) {
    vjp.give(0, vjp.ops().reshape(vjp.grad(0), vjp.input(0).shape()));
  }
}

package io.github.llm4j.api.op;

import io.github.llm4j.api.tensor.Shape;
import io.github.llm4j.api.tensor.Tensor;
import io.github.llm4j.api.tensor.TensorSpec;
import java.util.List;

/**
 * Repeats axes of size 1, and adds axes in front, until the shape is reached. A primitive; the
 * gradient is summed over the repeated axes.
 *
 * @param shape the new shape
 */
public record Broadcast(Shape shape) implements Differentiable {

  @Override
  public List<Output> outputs(List<TensorSpec> inputs) {
    OpCheck.count(this, inputs, 1);
    TensorSpec x = inputs.get(0);
    int extra = shape.rank() - x.shape().rank();
    boolean fits = extra >= 0;
    for (int i = 0; fits && i < x.shape().rank(); i++) {
      fits = x.shape().size(i) == 1 || x.shape().size(i) == shape.size(i + extra);
    }
    OpCheck.that(fits, this, "each axis of x must be 1 or as in " + shape, x);
    return List.of(x.dtype().isFloat() ? Output.of(x.as(shape)) : Output.plain(x.as(shape)));
  }

  @Override
  public void vjp(Vjp vjp) {
    Shape x = vjp.input(0).shape();
    int extra = shape.rank() - x.rank();
    Tensor grad = vjp.grad(0);
    for (int i = 0; i < shape.rank(); i++) {
      boolean repeated = i < extra || (x.size(i - extra) == 1 && shape.size(i) != 1);
      if (repeated) {
        grad = vjp.ops().sum(grad, i); // axis stays, with size 1
      }
    }
    vjp.give(0, vjp.ops().reshape(grad, x));
  }
}

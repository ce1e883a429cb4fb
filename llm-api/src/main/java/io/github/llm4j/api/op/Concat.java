package io.github.llm4j.api.op;

import io.github.llm4j.api.tensor.TensorSpec;
import java.util.List;

/**
 * Tensors of one type laid behind each other along one axis. A primitive.
 *
 * @param axis which axis; all others agree
 */
public record Concat(int axis) implements Differentiable {

  @Override
  public List<Output> outputs(List<TensorSpec> inputs) {
    OpCheck.that(!inputs.isEmpty(), this, "takes at least one operand", 0);
    TensorSpec first = inputs.get(0);
    int at = OpCheck.axis(this, first, axis);
    int length = 0;
    for (TensorSpec input : inputs) {
      OpCheck.dtype(this, "each operand", input, first.dtype());
      OpCheck.that(
          input.shape().rank() == first.shape().rank()
              && input.shape().with(at, 0).equals(first.shape().with(at, 0)),
          this,
          "operands must agree in all axes but " + axis,
          first + " and " + input);
      length += input.shape().size(at);
    }
    TensorSpec y = first.as(first.shape().with(at, length));
    return List.of(y.dtype().isFloat() ? Output.of(y) : Output.plain(y));
  }

  @Override
  public void vjp(Vjp vjp) {
    int from = 0;
    for (int i = 0; i < vjp.inputs(); i++) {
      int to = from + vjp.input(i).size(axis);
      if (vjp.wants(i)) {
        vjp.give(i, vjp.ops().slice(vjp.grad(0), axis, from, to));
      }
      from = to;
    }
  }
}

package io.github.llm4j.api.op;

import io.github.llm4j.api.tensor.Shape;
import io.github.llm4j.api.tensor.Tensor;
import io.github.llm4j.api.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * A range of one axis. A primitive; the gradient is zero outside the range.
 *
 * @param axis which axis
 * @param from first index
 * @param to index behind the last
 */
public record Slice(int axis, int from, int to) implements Differentiable {

  @Override
  public List<Output> outputs(List<TensorSpec> inputs) {
    OpCheck.count(this, inputs, 1);
    TensorSpec x = inputs.get(0);
    int at = OpCheck.axis(this, x, axis);
    OpCheck.that(
        0 <= from && from <= to && to <= x.shape().size(at),
        this,
        "0 <= from <= to <= " + x.shape().size(at),
        from + " to " + to);
    TensorSpec y = x.as(x.shape().with(at, to - from));
    return List.of(x.dtype().isFloat() ? Output.of(y) : Output.plain(y));
  }

  @Override
  public void vjp(Vjp vjp) {
    Shape whole = vjp.input(0).shape();
    List<Tensor> parts = new ArrayList<>();
    if (from > 0) {
      parts.add(vjp.ops().fill(0, vjp.grad(0).spec().as(whole.with(axis, from))));
    }
    parts.add(vjp.grad(0));
    if (to < whole.size(axis)) {
      parts.add(vjp.ops().fill(0, vjp.grad(0).spec().as(whole.with(axis, whole.size(axis) - to))));
    }
    vjp.give(0, parts.size() == 1 ? vjp.grad(0) : vjp.ops().concat(axis, parts));
  }
}

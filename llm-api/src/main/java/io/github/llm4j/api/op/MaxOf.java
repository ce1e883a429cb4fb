package io.github.llm4j.api.op;

import io.github.llm4j.api.tensor.TensorSpec;
import java.util.List;

/**
 * Maximum over one axis, which stays with size 1. A primitive without gradient: where it is used to
 * keep exponentials small, its gradient cancels.
 *
 * @param axis which axis
 */
public record MaxOf(int axis) implements Op {

  @Override
  public List<Output> outputs(List<TensorSpec> inputs) {
    OpCheck.count(this, inputs, 1);
    TensorSpec x = inputs.get(0);
    return List.of(Output.plain(x.as(x.shape().with(OpCheck.axis(this, x, axis), 1))));
  }
}

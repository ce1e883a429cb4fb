package io.github.llm4j.api.op;

import io.github.llm4j.api.tensor.Shape;
import io.github.llm4j.api.tensor.TensorSpec;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The axes in another order: axis {@code i} of y is axis {@code axes[i]} of x. A primitive.
 *
 * @param axes a permutation of the axes
 */
public record Permute(List<Integer> axes) implements Differentiable {

  /** Copies the list. */
  public Permute {
    axes = List.copyOf(axes);
  }

  @Override
  public List<Output> outputs(List<TensorSpec> inputs) {
    OpCheck.count(this, inputs, 1);
    TensorSpec x = inputs.get(0);
    int rank = x.shape().rank();
    OpCheck.that(
        axes.stream().sorted().toList().equals(IntStream.range(0, rank).boxed().toList()),
        this,
        "axes must be a permutation of the " + rank + " axes of x",
        axes + " for " + x);
    Shape y = Shape.of(axes.stream().mapToInt(x.shape()::size).toArray());
    return List.of(x.dtype().isFloat() ? Output.of(x.as(y)) : Output.plain(x.as(y)));
  }

  @Override
  public void vjp(Vjp vjp) {
    Integer[] inverse = new Integer[axes.size()];
    for (int i = 0; i < inverse.length; i++) {
      inverse[axes.get(i)] = i;
    }
    vjp.give(0, vjp.ops().permute(vjp.grad(0), List.of(inverse)));
  }
}

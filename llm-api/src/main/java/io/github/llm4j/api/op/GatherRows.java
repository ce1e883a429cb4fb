package io.github.llm4j.api.op;

import io.github.llm4j.api.tensor.DType;
import io.github.llm4j.api.tensor.Shape;
import io.github.llm4j.api.tensor.TensorSpec;
import java.util.Arrays;
import java.util.List;

/**
 * Rows of a table by index. A primitive; the gradient of the table is {@link ScatterAddRows}.
 *
 * <p>Shapes: {@code table [R, ..], indices [..i] (I32) -> y [..i, ..]}. A negative index gives a
 * row of zeros.
 */
public record GatherRows() implements Differentiable {

  @Override
  public List<Output> outputs(List<TensorSpec> inputs) {
    OpCheck.count(this, inputs, 2);
    TensorSpec table = inputs.get(0);
    TensorSpec indices = inputs.get(1);
    OpCheck.rank(this, "table", table, 1);
    OpCheck.dtype(this, "indices", indices, DType.I32);
    int[] row = table.shape().without(0).sizes();
    int[] y = Arrays.copyOf(indices.shape().sizes(), indices.shape().rank() + row.length);
    System.arraycopy(row, 0, y, indices.shape().rank(), row.length);
    TensorSpec out = table.as(Shape.of(y));
    return List.of(table.dtype().isFloat() ? Output.of(out) : Output.plain(out));
  }

  @Override
  public void vjp(Vjp vjp) {
    vjp.give(0, vjp.ops().scatterAddRows(vjp.grad(0), vjp.input(1), vjp.input(0).size(0)));
  }
}

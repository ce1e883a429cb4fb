package io.github.llm4j.api.op;

import io.github.llm4j.api.tensor.DType;
import io.github.llm4j.api.tensor.Shape;
import io.github.llm4j.api.tensor.TensorSpec;
import java.util.Arrays;
import java.util.List;

/**
 * Adds rows into a table of zeros at their indices, in order of the rows. A primitive.
 *
 * <p>Shapes: {@code x [..i, ..], indices [..i] (I32) -> y [rows, ..]} in F32 (F64 for F64). A
 * negative index is left out.
 *
 * @param rows number of rows of y
 */
public record ScatterAddRows(int rows) implements Differentiable {

  @Override
  public List<Output> outputs(List<TensorSpec> inputs) {
    OpCheck.count(this, inputs, 2);
    TensorSpec x = inputs.get(0);
    TensorSpec indices = inputs.get(1);
    OpCheck.dtype(this, "indices", indices, DType.I32);
    int rank = indices.shape().rank();
    OpCheck.that(
        x.shape().rank() >= rank
            && Arrays.equals(Arrays.copyOf(x.shape().sizes(), rank), indices.shape().sizes()),
        this,
        "x must begin with the axes of the indices " + indices.shape(),
        x);
    int[] row = Arrays.copyOfRange(x.shape().sizes(), rank, x.shape().rank());
    int[] y = new int[row.length + 1];
    y[0] = rows;
    System.arraycopy(row, 0, y, 1, row.length);
    return List.of(Output.of(new TensorSpec(Shape.of(y), DType.wider(x.dtype(), DType.F32))));
  }

  @Override
  public void vjp(Vjp vjp) {
    vjp.give(0, vjp.ops().gatherRows(vjp.grad(0), vjp.input(1)));
  }
}

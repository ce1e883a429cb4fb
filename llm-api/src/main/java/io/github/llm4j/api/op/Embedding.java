package io.github.llm4j.api.op;

import io.github.llm4j.api.tensor.DType;
import io.github.llm4j.api.tensor.Shape;
import io.github.llm4j.api.tensor.Tensor;
import io.github.llm4j.api.tensor.TensorSpec;
import java.util.Arrays;
import java.util.List;

/**
 * Rows of a table as vectors of another type: tokens, positions, types.
 *
 * <p>Shapes: {@code table [V, C], ids [..] (I32) -> y [.., C]}. A negative id gives zeros.
 *
 * @param out type of y
 */
public record Embedding(DType out) implements Decomposable, Differentiable {

  @Override
  public List<Output> outputs(List<TensorSpec> inputs) {
    OpCheck.count(this, inputs, 2);
    TensorSpec table = inputs.get(0);
    OpCheck.that(table.shape().rank() == 2, this, "table must be [V, C]", table);
    int[] ids = inputs.get(1).shape().sizes();
    int[] y = Arrays.copyOf(ids, ids.length + 1);
    y[ids.length] = table.shape().last();
    OpCheck.dtype(this, "ids", inputs.get(1), DType.I32);
    return List.of(Output.of(new TensorSpec(Shape.of(y), out)));
  }

  @Override
  public List<Tensor> decompose(Ops ops, List<Tensor> inputs) {
    Tensor table = inputs.get(0);
    if (table.dtype().isQuantised()) {
      table = ops.dequantise(table, out);
    }
    return List.of(ops.cast(ops.gatherRows(table, inputs.get(1)), out));
  }

  @Override
  public void vjp(Vjp vjp) {
    vjp.give(0, vjp.ops().scatterAddRows(vjp.grad(0), vjp.input(1), vjp.input(0).size(0)));
  }
}

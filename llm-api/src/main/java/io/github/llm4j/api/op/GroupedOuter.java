package io.github.llm4j.api.op;

import io.github.llm4j.api.tensor.DType;
import io.github.llm4j.api.tensor.Shape;
import io.github.llm4j.api.tensor.TensorSpec;
import java.util.List;

/**
 * The weight gradient of {@link GroupedMatmul}: for each group the product of its rows' columns. A
 * primitive.
 *
 * <p>Shapes: {@code a [R, M], b [R, N], offsets [E + 1] (I32) -> y [E, M, N]}, {@code y_e = sum
 * over r in group e of a_r' b_r}, in F32 (F64 for F64).
 */
public record GroupedOuter() implements Op {

  @Override
  public List<Output> outputs(List<TensorSpec> inputs) {
    OpCheck.count(this, inputs, 3);
    TensorSpec a = inputs.get(0);
    TensorSpec b = inputs.get(1);
    OpCheck.that(
        a.shape().rank() == 2 && b.shape().rank() == 2 && a.shape().size(0) == b.shape().size(0),
        this,
        "a and b must be matrices of as many rows",
        a + " and " + b);
    int groups = inputs.get(2).shape().size(0) - 1;
    return List.of(
        Output.of(
            new TensorSpec(
                Shape.of(groups, a.shape().size(1), b.shape().size(1)),
                DType.wider(a.dtype(), DType.F32))));
  }
}

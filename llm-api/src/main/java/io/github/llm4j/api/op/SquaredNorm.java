package io.github.llm4j.api.op;

import io.github.llm4j.api.tensor.DType;
import io.github.llm4j.api.tensor.Shape;
import io.github.llm4j.api.tensor.Tensor;
import io.github.llm4j.api.tensor.TensorSpec;
import java.util.List;

/**
 * Sum of squares of all elements: what gradient clipping asks for.
 *
 * <p>Shapes: {@code x [N] -> y [1]} in F32 (F64 for F64), summed in a fixed tree.
 */
public record SquaredNorm() implements Decomposable {

  @Override
  public List<Output> outputs(List<TensorSpec> inputs) {
    OpCheck.count(this, inputs, 1);
    OpCheck.that(inputs.get(0).shape().rank() == 1, this, "x must be [N]", inputs.get(0));
    return List.of(
        Output.plain(new TensorSpec(Shape.of(1), DType.wider(inputs.get(0).dtype(), DType.F32))));
  }

  @Override
  public List<Tensor> decompose(Ops ops, List<Tensor> inputs) {
    Tensor x = ops.cast(inputs.get(0), DType.wider(inputs.get(0).dtype(), DType.F32));
    return List.of(ops.sum(ops.mul(x, x), 0));
  }
}

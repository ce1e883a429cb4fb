package io.github.llm4j.api.op;

import io.github.llm4j.api.tensor.DType;
import io.github.llm4j.api.tensor.Shape;
import io.github.llm4j.api.tensor.Tensor;
import io.github.llm4j.api.tensor.TensorSpec;
import java.util.List;

/**
 * Sum over all axes but the last: the gradient of a bias.
 *
 * <p>Shapes: {@code x [.., N] -> y [N]} in F32 (F64 for F64).
 */
public record ColumnSum() implements Decomposable {

  @Override
  public List<Output> outputs(List<TensorSpec> inputs) {
    OpCheck.count(this, inputs, 1);
    TensorSpec x = inputs.get(0);
    OpCheck.rank(this, "x", x, 1);
    return List.of(
        Output.of(new TensorSpec(Shape.of(x.shape().last()), DType.wider(x.dtype(), DType.F32))));
  }

  @Override
  public List<Tensor> decompose(Ops ops, List<Tensor> inputs) {
    Tensor x = inputs.get(0);
    int n = x.shape().last();
    Tensor wide = ops.cast(x, DType.wider(x.dtype(), DType.F32));
    Tensor sum = ops.sum(ops.reshape(wide, Shape.of(x.shape().rows(), n)), 0);
    return List.of(ops.reshape(sum, Shape.of(n)));
  }
}

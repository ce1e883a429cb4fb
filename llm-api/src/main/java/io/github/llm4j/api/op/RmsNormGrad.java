package io.github.llm4j.api.op;

import io.github.llm4j.api.tensor.DType;
import io.github.llm4j.api.tensor.Tensor;
import io.github.llm4j.api.tensor.TensorSpec;
import java.util.List;

/**
 * The gradients of {@link RmsNorm}: with {@code n = x rstd} and {@code g = dy weight}, {@code dx =
 * rstd (g - n mean(g n))}, {@code dweight = sum over rows of dy n}.
 *
 * <p>Shapes: {@code x [.., C], weight [C], rstd [..], dy [.., C] -> dx} as x, {@code dweight [C]}
 * in F32 (F64 for F64).
 */
public record RmsNormGrad() implements Decomposable {

  @Override
  public List<Output> outputs(List<TensorSpec> inputs) {
    OpCheck.count(this, inputs, 4);
    TensorSpec x = inputs.get(0);
    OpCheck.shape(this, "dy", inputs.get(3), x.shape());
    return List.of(Output.of(x), Output.of(inputs.get(1).as(DType.wider(x.dtype(), DType.F32))));
  }

  @Override
  public List<Tensor> decompose(Ops ops, List<Tensor> inputs) {
    DType type = inputs.get(0).dtype();
    Tensor x = ops.cast(inputs.get(0), DType.wider(type, DType.F32));
    Tensor dy = ops.cast(inputs.get(3), x.dtype());
    int c = x.shape().last();
    Tensor rstd = ops.broadcast(ops.reshape(inputs.get(2), x.shape().with(-1, 1)), x.shape());
    Tensor n = ops.mul(x, rstd);
    Tensor g = ops.mul(dy, ops.broadcast(inputs.get(1), x.shape()));
    Tensor mean = ops.scale(ops.sum(ops.mul(g, n), -1), -1.0 / c, 0); // [.., 1]
    Tensor dx = ops.mul(rstd, ops.add(g, ops.mul(n, ops.broadcast(mean, x.shape()))));
    return List.of(ops.cast(dx, type), ops.columnSum(ops.mul(dy, n)));
  }
}

package io.github.llm4j.api.op;

import io.github.llm4j.api.tensor.DType;
import io.github.llm4j.api.tensor.Tensor;
import io.github.llm4j.api.tensor.TensorSpec;
import java.util.List;

/**
 * The gradients of {@link LayerNorm}: with {@code n = (x - mean) rstd} and {@code g = dy weight},
 * {@code dx = rstd (g - mean(g) - n mean(g n))}, {@code dweight = sum over rows of dy n}, {@code
 * dbias = sum over rows of dy}.
 *
 * <p>Shapes: {@code x [.., C], weight [C], mean [..], rstd [..], dy [.., C] -> dx} as x, {@code
 * dweight [C], dbias [C]} in F32 (F64 for F64).
 */
public record LayerNormGrad() implements Decomposable {

  @Override
  public List<Output> outputs(List<TensorSpec> inputs) {
    OpCheck.count(this, inputs, 5);
    TensorSpec x = inputs.get(0);
    OpCheck.shape(this, "dy", inputs.get(4), x.shape());
    TensorSpec gain = inputs.get(1).as(DType.wider(x.dtype(), DType.F32));
    return List.of(Output.of(x), Output.of(gain), Output.of(gain));
  }

  @Override
  public List<Tensor> decompose(Ops ops, List<Tensor> inputs) {
    DType type = inputs.get(0).dtype();
    Tensor x = ops.cast(inputs.get(0), DType.wider(type, DType.F32));
    Tensor dy = ops.cast(inputs.get(4), x.dtype());
    int c = x.shape().last();
    Tensor mean = ops.broadcast(ops.reshape(inputs.get(2), x.shape().with(-1, 1)), x.shape());
    Tensor rstd = ops.broadcast(ops.reshape(inputs.get(3), x.shape().with(-1, 1)), x.shape());
    Tensor n = ops.mul(ops.add(x, ops.scale(mean, -1, 0)), rstd);
    Tensor g = ops.mul(dy, ops.broadcast(inputs.get(1), x.shape()));
    Tensor meanG = ops.scale(ops.sum(g, -1), -1.0 / c, 0); // [.., 1]
    Tensor meanGn = ops.scale(ops.sum(ops.mul(g, n), -1), -1.0 / c, 0);
    Tensor inner = ops.add(g, ops.broadcast(meanG, x.shape()));
    inner = ops.add(inner, ops.mul(n, ops.broadcast(meanGn, x.shape())));
    return List.of(
        ops.cast(ops.mul(rstd, inner), type), ops.columnSum(ops.mul(dy, n)), ops.columnSum(dy));
  }
}

package io.github.llm4j.api.op;

import io.github.llm4j.api.tensor.DType;
import io.github.llm4j.api.tensor.Shape;
import io.github.llm4j.api.tensor.Tensor;
import io.github.llm4j.api.tensor.TensorSpec;
import java.util.List;

/**
 * Root-mean-square normalization over the last axis: {@code y = x / sqrt(mean(x^2) + eps) *
 * weight}.
 *
 * <p>Shapes: {@code x [.., C], weight [C] -> y [.., C], rstd [..]}. <br>
 * Numerics: in F32 for shorter types; y is rounded once to {@code out}. <br>
 * Saved: x, weight, rstd.
 *
 * <p>Zhang and Sennrich 2019, arXiv:1910.07467, eq. 4; eps inside the root, as in Llama.
 *
 * @param eps added to the mean square
 * @param out type of y
 */
public record RmsNorm(float eps, DType out) implements Decomposable, Differentiable {

  @Override
  public List<Output> outputs(List<TensorSpec> inputs) {
    OpCheck.count(this, inputs, 2);
    TensorSpec x = inputs.get(0);
    OpCheck.isFloat(this, "x", x);
    OpCheck.rank(this, "x", x, 1);
    for (int i = 1; i < inputs.size(); i++) {
      OpCheck.shape(this, i == 1 ? "weight" : "bias", inputs.get(i), Shape.of(x.shape().last()));
    }
    TensorSpec row = new TensorSpec(x.shape().without(-1), DType.wider(x.dtype(), DType.F32));
    return List.of(Output.of(x.as(out)), Output.saved(row));
  }

  @Override
  public List<Tensor> decompose(Ops ops, List<Tensor> inputs) {
    Tensor x = ops.cast(inputs.get(0), DType.wider(inputs.get(0).dtype(), DType.F32));
    int c = x.shape().last();
    Tensor rstd = ops.rsqrt(ops.scale(ops.sum(ops.mul(x, x), -1), 1.0 / c, eps)); // [.., 1]
    Tensor normed = ops.mul(x, ops.broadcast(rstd, x.shape()));
    Tensor y = ops.mul(normed, ops.broadcast(inputs.get(1), x.shape()));
    return List.of(ops.cast(y, out), ops.reshape(rstd, x.shape().without(-1)));
  }

  @Override
  public void vjp(Vjp vjp) {
    List<Tensor> in = List.of(vjp.input(0), vjp.input(1), vjp.output(1), vjp.grad(0));
    List<Tensor> grads = vjp.ops().apply(new RmsNormGrad(), in);
    for (int i = 0; i < 2; i++) {
      if (vjp.wants(i)) {
        vjp.give(i, grads.get(i));
      }
    }
  }
}

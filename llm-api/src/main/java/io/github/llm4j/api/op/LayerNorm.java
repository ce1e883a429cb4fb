package io.github.llm4j.api.op;

import io.github.llm4j.api.tensor.DType;
import io.github.llm4j.api.tensor.Shape;
import io.github.llm4j.api.tensor.Tensor;
import io.github.llm4j.api.tensor.TensorSpec;
import java.util.List;

/**
 * Normalization over the last axis: {@code y = (x - mean) / sqrt(var + eps) * weight + bias}, with
 * the biased variance.
 *
 * <p>Shapes: {@code x [.., C], weight [C], bias [C] if bias -> y [.., C], mean [..], rstd [..]}.
 * <br>
 * Numerics: in F32 for shorter types; y is rounded once to {@code out}. <br>
 * Saved: x, weight, mean, rstd.
 *
 * <p>Ba, Kiros, Hinton 2016, arXiv:1607.06450, eq. 3 and 4.
 *
 * @param eps added to the variance
 * @param bias whether there is a third operand
 * @param out type of y
 */
public record LayerNorm(float eps, boolean bias, DType out)
    implements Decomposable, Differentiable {

  @Override
  public List<Output> outputs(List<TensorSpec> inputs) {
    OpCheck.count(this, inputs, bias ? 3 : 2);
    TensorSpec x = inputs.get(0);
    OpCheck.isFloat(this, "x", x);
    OpCheck.rank(this, "x", x, 1);
    for (int i = 1; i < inputs.size(); i++) {
      OpCheck.shape(this, i == 1 ? "weight" : "bias", inputs.get(i), Shape.of(x.shape().last()));
    }
    TensorSpec row = new TensorSpec(x.shape().without(-1), DType.wider(x.dtype(), DType.F32));
    return List.of(Output.of(x.as(out)), Output.saved(row), Output.saved(row));
  }

  @Override
  public List<Tensor> decompose(Ops ops, List<Tensor> inputs) {
    Tensor x = ops.cast(inputs.get(0), DType.wider(inputs.get(0).dtype(), DType.F32));
    int c = x.shape().last();
    Tensor mean = ops.scale(ops.sum(x, -1), 1.0 / c, 0); // [.., 1]
    Tensor centred = ops.add(x, ops.broadcast(ops.scale(mean, -1, 0), x.shape()));
    Tensor var = ops.scale(ops.sum(ops.mul(centred, centred), -1), 1.0 / c, eps);
    Tensor rstd = ops.rsqrt(var);
    Tensor y = ops.mul(centred, ops.broadcast(rstd, x.shape()));
    y = ops.mul(y, ops.broadcast(inputs.get(1), x.shape()));
    if (bias) {
      y = ops.add(y, ops.broadcast(inputs.get(2), x.shape()));
    }
    Shape rows = x.shape().without(-1);
    return List.of(ops.cast(y, out), ops.reshape(mean, rows), ops.reshape(rstd, rows));
  }

  @Override
  public void vjp(Vjp vjp) {
    List<Tensor> in =
        List.of(vjp.input(0), vjp.input(1), vjp.output(1), vjp.output(2), vjp.grad(0));
    List<Tensor> grads = vjp.ops().apply(new LayerNormGrad(), in);
    for (int i = 0; i < vjp.inputs(); i++) {
      if (vjp.wants(i)) {
        vjp.give(i, grads.get(i));
      }
    }
  }
}

package io.github.llm4j.api.op;

import io.github.llm4j.api.tensor.DType;
import io.github.llm4j.api.tensor.Shape;
import io.github.llm4j.api.tensor.Tensor;
import io.github.llm4j.api.tensor.TensorSpec;
import java.util.List;

/**
 * A map with a weight: {@code y = x W' + b}.
 *
 * <p>Shapes: {@code x [.., K], weight [N, K], bias [N] if bias -> y [.., N]}. A block-quantised
 * weight is frozen. <br>
 * Numerics: accumulated in F32 (F64 for F64), bias added before the one rounding to {@code out}.
 * <br>
 * Saved: x, weight.
 *
 * @param bias whether there is a third operand
 * @param out type of y
 */
public record Linear(boolean bias, DType out) implements Decomposable, Differentiable {

  @Override
  public List<Output> outputs(List<TensorSpec> inputs) {
    OpCheck.count(this, inputs, bias ? 3 : 2);
    TensorSpec x = inputs.get(0);
    TensorSpec weight = inputs.get(1);
    OpCheck.rank(this, "x", x, 1);
    OpCheck.isFloat(this, "x", x);
    OpCheck.that(weight.shape().rank() == 2, this, "weight must be [N, K]", weight);
    OpCheck.that(
        weight.dtype().isQuantised() || weight.dtype() == x.dtype(),
        this,
        "weight must be quantised or of x's type " + x.dtype(),
        weight);
    OpCheck.that(
        x.shape().last() == weight.shape().size(1),
        this,
        "inner dimensions must agree",
        "x "
            + x
            + " with K="
            + x.shape().last()
            + ", weight "
            + weight
            + " with K="
            + weight.shape().size(1));
    int n = weight.shape().size(0);
    if (bias) {
      OpCheck.shape(this, "bias", inputs.get(2), Shape.of(n));
    }
    return List.of(Output.of(new TensorSpec(x.shape().with(-1, n), out)));
  }

  @Override
  public List<Tensor> decompose(Ops ops, List<Tensor> inputs) {
    Tensor x = inputs.get(0);
    Tensor weight = inputs.get(1);
    if (weight.dtype().isQuantised()) {
      weight = ops.dequantise(weight, x.dtype());
    }
    Shape flat = Shape.of(x.shape().rows(), x.shape().last());
    DType sum = bias ? DType.wider(x.dtype(), DType.F32) : out;
    Tensor y = ops.matmul(ops.reshape(x, flat), weight, false, true, sum); // [rows, N]
    if (bias) {
      y = ops.cast(ops.add(y, ops.broadcast(inputs.get(2), y.shape())), out);
    }
    return List.of(ops.reshape(y, x.shape().with(-1, weight.size(0))));
  }

  @Override
  public void vjp(Vjp vjp) {
    Ops ops = vjp.ops();
    Tensor x = vjp.input(0);
    Tensor weight = vjp.input(1);
    int rows = x.shape().rows();
    Tensor dy = ops.reshape(ops.cast(vjp.grad(0), x.dtype()), Shape.of(rows, weight.size(0)));
    if (vjp.wants(0)) {
      Tensor w = weight.dtype().isQuantised() ? ops.dequantise(weight, x.dtype()) : weight;
      Tensor dx = ops.matmul(dy, w, false, false, x.dtype()); // [rows, K]
      vjp.give(0, ops.reshape(dx, x.shape()));
    }
    DType grad = DType.wider(x.dtype(), DType.F32);
    if (vjp.wants(1)) {
      Tensor flat = ops.reshape(x, Shape.of(rows, x.shape().last()));
      vjp.give(1, ops.matmul(dy, flat, true, false, grad)); // [N, K]
    }
    if (bias && vjp.wants(2)) {
      vjp.give(2, ops.columnSum(dy));
    }
  }
}

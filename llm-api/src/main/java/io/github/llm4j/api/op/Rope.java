package io.github.llm4j.api.op;

import io.github.llm4j.api.tensor.DType;
import io.github.llm4j.api.tensor.Shape;
import io.github.llm4j.api.tensor.Tensor;
import io.github.llm4j.api.tensor.TensorSpec;
import java.util.List;

/**
 * Rotary positions: rotates each head's pairs (i, i + D'/2) by the angle of its position; elements
 * behind the first D' of a head pass through.
 *
 * <p>Shapes: {@code x [B, T, H, D], cos [P, D'/2], sin [P, D'/2], positions [B, T] (I32) -> y} as
 * x. <br>
 * Numerics: in F32 for shorter types; the tables are F32 (F64 for F64).
 *
 * <p>Su et al. 2021, arXiv:2104.09864, eq. 34; pairs by halves, as published Llama-style weights
 * have them.
 *
 * @param inverse whether to rotate back, as the gradient does
 */
public record Rope(boolean inverse) implements Decomposable, Differentiable {

  @Override
  public List<Output> outputs(List<TensorSpec> inputs) {
    OpCheck.count(this, inputs, 4);
    TensorSpec x = inputs.get(0);
    TensorSpec cos = inputs.get(1);
    OpCheck.isFloat(this, "x", x);
    OpCheck.that(x.shape().rank() == 4, this, "x must be [B, T, H, D]", x);
    OpCheck.that(
        cos.shape().rank() == 2 && 2 * cos.shape().last() <= x.shape().last(),
        this,
        "cos must be [P, D'/2] with D' <= " + x.shape().last(),
        cos);
    OpCheck.shape(this, "sin", inputs.get(2), cos.shape());
    OpCheck.dtype(this, "positions", inputs.get(3), DType.I32);
    OpCheck.shape(this, "positions", inputs.get(3), Shape.of(x.shape().size(0), x.shape().size(1)));
    return List.of(Output.of(x));
  }

  @Override
  public List<Tensor> decompose(Ops ops, List<Tensor> inputs) {
    DType type = inputs.get(0).dtype();
    Tensor x = ops.cast(inputs.get(0), inputs.get(1).dtype());
    int half = inputs.get(1).shape().last();
    Shape pair = x.shape().with(-1, half); // [B, T, H, D'/2]
    Tensor cos = angles(ops, inputs.get(1), inputs.get(3), pair);
    Tensor sin = ops.scale(angles(ops, inputs.get(2), inputs.get(3), pair), inverse ? -1 : 1, 0);
    Tensor a = ops.slice(x, -1, 0, half);
    Tensor b = ops.slice(x, -1, half, 2 * half);
    Tensor ra = ops.add(ops.mul(a, cos), ops.scale(ops.mul(b, sin), -1, 0));
    Tensor rb = ops.add(ops.mul(b, cos), ops.mul(a, sin));
    int d = x.shape().last();
    List<Tensor> parts =
        2 * half == d ? List.of(ra, rb) : List.of(ra, rb, ops.slice(x, -1, 2 * half, d));
    return List.of(ops.cast(ops.concat(-1, parts), type));
  }

  private static Tensor angles(Ops ops, Tensor table, Tensor positions, Shape pair) {
    Tensor rows = ops.gatherRows(table, positions); // [B, T, D'/2]
    return ops.broadcast(ops.reshape(rows, pair.with(2, 1)), pair);
  }

  @Override
  public void vjp(Vjp vjp) {
    List<Tensor> in = List.of(vjp.grad(0), vjp.input(1), vjp.input(2), vjp.input(3));
    vjp.give(0, vjp.ops().apply(new Rope(!inverse), in).get(0));
  }
}

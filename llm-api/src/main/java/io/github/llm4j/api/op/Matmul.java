package io.github.llm4j.api.op;

import io.github.llm4j.api.tensor.DType;
import io.github.llm4j.api.tensor.Tensor;
import io.github.llm4j.api.tensor.TensorSpec;
import java.util.List;

/**
 * Matrix product of the last two axes, batched over equal leading axes. A primitive.
 *
 * <p>Shapes: {@code a [.., M, K], b [.., K, N] -> y [.., M, N]}; with {@code transposeA} a is
 * {@code [.., K, M]}, with {@code transposeB} b is {@code [.., N, K]}. <br>
 * Numerics: F64 in F64; all else is accumulated in F32 and rounded once to {@code out}.
 *
 * @param transposeA whether a lies transposed
 * @param transposeB whether b lies transposed
 * @param out type of y
 */
public record Matmul(boolean transposeA, boolean transposeB, DType out) implements Differentiable {

  @Override
  public List<Output> outputs(List<TensorSpec> inputs) {
    OpCheck.count(this, inputs, 2);
    TensorSpec a = inputs.get(0);
    TensorSpec b = inputs.get(1);
    OpCheck.rank(this, "a", a, 2);
    OpCheck.isFloat(this, "a", a);
    OpCheck.dtype(this, "b", b, a.dtype());
    int rank = a.shape().rank();
    OpCheck.that(
        b.shape().rank() == rank
            && a.shape().with(-1, 1).with(-2, 1).equals(b.shape().with(-1, 1).with(-2, 1)),
        this,
        "a and b must agree in their leading axes",
        a + " and " + b);
    int m = a.shape().size(transposeA ? -1 : -2);
    int k = a.shape().size(transposeA ? -2 : -1);
    int kb = b.shape().size(transposeB ? -1 : -2);
    int n = b.shape().size(transposeB ? -2 : -1);
    OpCheck.that(
        k == kb,
        this,
        "inner dimensions must agree",
        a + " with K=" + k + ", " + b + " with K=" + kb);
    return List.of(Output.of(new TensorSpec(a.shape().with(-2, m).with(-1, n), out)));
  }

  @Override
  public void vjp(Vjp vjp) {
    Ops ops = vjp.ops();
    Tensor dy = ops.cast(vjp.grad(0), vjp.input(0).dtype());
    if (vjp.wants(0)) {
      vjp.give(
          0,
          transposeA
              ? ops.matmul(vjp.input(1), dy, transposeB, true, grad(vjp.input(0)))
              : ops.matmul(dy, vjp.input(1), false, !transposeB, grad(vjp.input(0))));
    }
    if (vjp.wants(1)) {
      vjp.give(
          1,
          transposeB
              ? ops.matmul(dy, vjp.input(0), true, transposeA, grad(vjp.input(1)))
              : ops.matmul(vjp.input(0), dy, !transposeA, false, grad(vjp.input(1))));
    }
  }

  private static DType grad(Tensor operand) {
    return operand.dtype();
  }
}

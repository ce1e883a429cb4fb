package io.github.llm4j.backend.cpu.scalar;

import io.github.llm4j.api.backend.Kernel;
import io.github.llm4j.api.op.ColumnSum;
import io.github.llm4j.api.op.Cumsum;
import io.github.llm4j.api.op.MaxOf;
import io.github.llm4j.api.op.Op;
import io.github.llm4j.api.op.Sum;
import io.github.llm4j.api.tensor.Shape;
import io.github.llm4j.api.tensor.TensorSpec;
import io.github.llm4j.backend.cpu.scalar.ScalarKernel.Use;
import java.util.List;

/** Sums and maxima along an axis. */
final class ReductionKernels {
  private static final int LEAF = 32;

  private ReductionKernels() {}

  /** What becomes of {@code count} elements from {@code from} on, {@code stride} apart. */
  @FunctionalInterface
  private interface Reduction {
    double of(Elements x, long from, long stride, long count);
  }

  static Kernel sum(Sum op, List<TensorSpec> inputs) {
    TensorSpec x = inputs.get(0);
    Rounding rounding = Rounding.over(x.dtype());
    return along(
        op,
        inputs,
        axis(op.axis(), x.shape()),
        (e, from, stride, count) -> tree(rounding, e, from, stride, count));
  }

  static Kernel columnSum(ColumnSum op, List<TensorSpec> inputs) {
    TensorSpec x = inputs.get(0);
    Rounding rounding = Rounding.over(x.dtype());
    TensorSpec rows = x.as(Shape.of(x.shape().rows(), x.shape().last()));
    return reduced(
        op,
        inputs,
        rows.shape(),
        0,
        (e, from, stride, count) -> tree(rounding, e, from, stride, count));
  }

  static Kernel max(MaxOf op, List<TensorSpec> inputs) {
    TensorSpec x = inputs.get(0);
    return along(op, inputs, axis(op.axis(), x.shape()), ReductionKernels::maximum);
  }

  private static int axis(int axis, Shape shape) {
    return axis < 0 ? axis + shape.rank() : axis;
  }

  private static Kernel along(Op op, List<TensorSpec> inputs, int axis, Reduction reduction) {
    return reduced(op, inputs, inputs.get(0).shape(), axis, reduction);
  }

  private static Kernel reduced(
      Op op, List<TensorSpec> inputs, Shape shape, int axis, Reduction reduction) {
    long outer = shape.product(0, axis);
    long count = shape.size(axis);
    long inner = shape.product(axis + 1, shape.rank());
    return ScalarKernel.of(
        op,
        inputs,
        Use.STORED_ONCE,
        operands -> {
          Elements x = operands.in(0);
          Elements y = operands.out(0);
          return () -> {
            for (long o = 0; o < outer; o++) {
              for (long i = 0; i < inner; i++) {
                y.set(o * inner + i, reduction.of(x, o * count * inner + i, inner, count));
              }
            }
          };
        });
  }

  /** The sum of both halves' sums, so that the error grows with the logarithm of the length. */
  private static double tree(Rounding rounding, Elements x, long from, long stride, long count) {
    if (count > LEAF) {
      long half = count / 2;
      double left = tree(rounding, x, from, stride, half);
      double right = tree(rounding, x, from + half * stride, stride, count - half);
      return rounding.of(left + right);
    }
    double sum = 0;
    for (long i = 0; i < count; i++) {
      sum = rounding.of(sum + x.get(from + i * stride));
    }
    return sum;
  }

  private static double maximum(Elements x, long from, long stride, long count) {
    double max = Double.NEGATIVE_INFINITY;
    for (long i = 0; i < count; i++) {
      max = Math.max(max, x.get(from + i * stride));
    }
    return max;
  }

  static Kernel cumsum(Cumsum op, List<TensorSpec> inputs) {
    TensorSpec x = inputs.get(0);
    long rows = x.shape().rows();
    long n = x.shape().last();
    boolean isFloat = x.dtype().isFloat();
    Rounding rounding = Rounding.over(x.dtype());
    return ScalarKernel.of(
        op,
        inputs,
        Use.STORED_ONCE,
        operands -> {
          Elements in = operands.in(0);
          Elements y = operands.out(0);
          return () -> {
            for (long r = 0; r < rows; r++) {
              double sum = 0;
              long count = 0;
              for (long i = r * n; i < (r + 1) * n; i++) {
                double before = sum;
                long counted = count;
                sum = rounding.of(sum + in.get(i));
                count += in.integer(i);
                if (isFloat) {
                  y.set(i, op.exclusive() ? before : sum);
                } else {
                  y.setInteger(i, op.exclusive() ? counted : count);
                }
              }
            }
          };
        });
  }
}

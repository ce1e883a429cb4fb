package io.github.llm4j.backend.cpu.scalar;

import io.github.llm4j.api.backend.Kernel;
import io.github.llm4j.api.op.GroupedMatmul;
import io.github.llm4j.api.op.GroupedOuter;
import io.github.llm4j.api.op.Matmul;
import io.github.llm4j.api.tensor.Shape;
import io.github.llm4j.api.tensor.TensorSpec;
import io.github.llm4j.backend.cpu.scalar.ScalarKernel.Use;
import java.util.List;

/** Products: each element is a sum in order of the inner index. */
final class MatmulKernels {
  private MatmulKernels() {}

  /** Where the elements of a matrix lie. */
  private record Layout(Elements elements, long row, long column) {
    double get(long base, long i, long j) {
      return elements.get(base + i * row + j * column);
    }
  }

  private static double dot(
      Rounding rounding, Layout a, long baseA, long i, Layout b, long baseB, long j, long k) {
    double sum = 0;
    for (long p = 0; p < k; p++) {
      sum = rounding.of(sum + rounding.of(a.get(baseA, i, p) * b.get(baseB, p, j)));
    }
    return sum;
  }

  static Kernel matmul(Matmul op, List<TensorSpec> inputs) {
    Shape a = inputs.get(0).shape();
    Shape b = inputs.get(1).shape();
    long m = a.size(op.transposeA() ? -1 : -2);
    long k = a.size(op.transposeA() ? -2 : -1);
    long n = b.size(op.transposeB() ? -2 : -1);
    long batch = a.product(0, a.rank() - 2);
    Rounding rounding = Rounding.over(inputs.get(0).dtype());
    return ScalarKernel.of(
        op,
        inputs,
        Use.STORED_ONCE,
        operands -> {
          Layout left =
              new Layout(operands.in(0), op.transposeA() ? 1 : k, op.transposeA() ? m : 1);
          Layout right =
              new Layout(operands.in(1), op.transposeB() ? 1 : n, op.transposeB() ? k : 1);
          Elements y = operands.out(0);
          return () -> {
            for (long s = 0; s < batch; s++) {
              for (long i = 0; i < m; i++) {
                for (long j = 0; j < n; j++) {
                  double sum = dot(rounding, left, s * m * k, i, right, s * k * n, j, k);
                  y.set((s * m + i) * n + j, sum);
                }
              }
            }
          };
        });
  }

  static Kernel grouped(GroupedMatmul op, List<TensorSpec> inputs) {
    long rows = inputs.get(0).shape().size(0);
    long k = inputs.get(0).shape().size(1);
    Shape weights = inputs.get(1).shape(); // [E, N, K]
    int groups = weights.size(0);
    long n = weights.size(op.transpose() ? 2 : 1);
    Rounding rounding = Rounding.over(inputs.get(0).dtype());
    return ScalarKernel.of(
        op,
        inputs,
        Use.STORED_ONCE,
        operands -> {
          Layout x = new Layout(operands.in(0), k, 1);
          Layout w = new Layout(operands.in(1), op.transpose() ? n : 1, op.transpose() ? 1 : k);
          Elements offsets = operands.in(2);
          Elements y = operands.out(0);
          return () -> {
            for (long r = 0; r < rows; r++) {
              int group = group(offsets, groups, r);
              for (long j = 0; j < n; j++) {
                y.set(r * n + j, group < 0 ? 0 : dot(rounding, x, 0, r, w, group * n * k, j, k));
              }
            }
          };
        });
  }

  /** The group of a row, or -1 if it is outside all. */
  private static int group(Elements offsets, int groups, long row) {
    for (int e = 0; e < groups; e++) {
      if (offsets.integer(e) <= row && row < offsets.integer(e + 1)) {
        return e;
      }
    }
    return -1;
  }

  static Kernel groupedOuter(GroupedOuter op, List<TensorSpec> inputs) {
    long m = inputs.get(0).shape().size(1);
    long n = inputs.get(1).shape().size(1);
    int groups = inputs.get(2).shape().size(0) - 1;
    Rounding rounding = Rounding.over(inputs.get(0).dtype());
    return ScalarKernel.of(
        op,
        inputs,
        Use.STORED_ONCE,
        operands -> {
          Layout a = new Layout(operands.in(0), 1, m); // transposed: [M, R]
          Layout b = new Layout(operands.in(1), n, 1);
          Elements offsets = operands.in(2);
          Elements y = operands.out(0);
          return () -> {
            for (int e = 0; e < groups; e++) {
              long from = offsets.integer(e);
              long length = Math.max(0, offsets.integer(e + 1) - from);
              for (long i = 0; i < m; i++) {
                for (long j = 0; j < n; j++) {
                  y.set((e * m + i) * n + j, dot(rounding, a, from * m, i, b, from * n, j, length));
                }
              }
            }
          };
        });
  }
}

package io.github.llm4j.backend.cpu.scalar;

import io.github.llm4j.api.backend.Kernel;
import io.github.llm4j.api.op.ArgMax;
import io.github.llm4j.api.op.Sort;
import io.github.llm4j.api.op.TopK;
import io.github.llm4j.api.tensor.TensorSpec;
import io.github.llm4j.backend.cpu.scalar.ScalarKernel.Use;
import java.util.List;

/** Kernels that ask which elements of a row are larger; not a number is larger than all. */
final class OrderKernels {
  private OrderKernels() {}

  static Kernel argMax(ArgMax op, List<TensorSpec> inputs) {
    long rows = inputs.get(0).shape().rows();
    int n = inputs.get(0).shape().last();
    return ScalarKernel.of(
        op,
        inputs,
        Use.WHOLE,
        operands -> {
          Elements x = operands.in(0);
          Elements y = operands.out(0);
          return () -> {
            for (long r = 0; r < rows; r++) {
              int best = 0;
              for (int i = 1; i < n; i++) {
                if (compare(x, r * n + i, r * n + best) > 0) {
                  best = i;
                }
              }
              y.setInteger(r, best);
            }
          };
        });
  }

  static Kernel sort(Sort op, List<TensorSpec> inputs) {
    long rows = inputs.get(0).shape().rows();
    int n = inputs.get(0).shape().last();
    return ScalarKernel.of(
        op,
        inputs,
        Use.WHOLE,
        operands -> {
          Elements x = operands.in(0);
          Elements y = operands.out(0);
          Sorter sorter = new Sorter(n);
          return () -> {
            for (long r = 0; r < rows; r++) {
              int[] order = sorter.sort(x, r * n, 1);
              for (int i = 0; i < n; i++) {
                y.setInteger(r * n + i, order[i]);
              }
            }
          };
        });
  }

  static Kernel topK(TopK op, List<TensorSpec> inputs) {
    long rows = inputs.get(0).shape().rows();
    int n = inputs.get(0).shape().last();
    int k = op.k();
    return ScalarKernel.of(
        op,
        inputs,
        Use.WHOLE,
        operands -> {
          Elements x = operands.in(0);
          Elements values = operands.out(0);
          Elements indices = operands.out(1);
          Sorter sorter = new Sorter(n);
          return () -> {
            for (long r = 0; r < rows; r++) {
              int[] order = sorter.sort(x, r * n, -1);
              for (int i = 0; i < k; i++) {
                values.move(r * k + i, x, r * n + order[i]);
                indices.setInteger(r * k + i, order[i]);
              }
            }
          };
        });
  }

  /** Less than 0, 0 or more than 0; both zeros are equal. */
  private static int compare(Elements x, long i, long j) {
    double a = x.get(i);
    double b = x.get(j);
    if (a < b) {
      return -1;
    }
    return a > b ? 1 : Boolean.compare(Double.isNaN(a), Double.isNaN(b));
  }

  /** A stable merge sort of indices. */
  private static final class Sorter {
    private final int[] order;
    private final int[] merged;

    Sorter(int n) {
      order = new int[n];
      merged = new int[n];
    }

    /**
     * Indices of a row in order.
     *
     * @param sign 1 for rising, -1 for falling order
     */
    int[] sort(Elements x, long base, int sign) {
      for (int i = 0; i < order.length; i++) {
        order[i] = i;
      }
      sort(x, base, sign, 0, order.length);
      return order;
    }

    private void sort(Elements x, long base, int sign, int from, int to) {
      if (to - from < 2) {
        return;
      }
      int middle = (from + to) >>> 1;
      sort(x, base, sign, from, middle);
      sort(x, base, sign, middle, to);
      int left = from;
      int right = middle;
      for (int i = from; i < to; i++) {
        boolean takeLeft =
            right == to
                || (left < middle
                    && sign * compare(x, base + order[left], base + order[right]) <= 0);
        merged[i] = order[takeLeft ? left++ : right++];
      }
      System.arraycopy(merged, from, order, from, to - from);
    }
  }
}

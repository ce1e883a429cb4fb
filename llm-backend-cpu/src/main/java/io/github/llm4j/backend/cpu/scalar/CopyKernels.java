package io.github.llm4j.backend.cpu.scalar;

import io.github.llm4j.api.backend.Kernel;
import io.github.llm4j.api.op.Broadcast;
import io.github.llm4j.api.op.Concat;
import io.github.llm4j.api.op.Op;
import io.github.llm4j.api.op.Permute;
import io.github.llm4j.api.op.Slice;
import io.github.llm4j.api.tensor.Shape;
import io.github.llm4j.api.tensor.TensorSpec;
import io.github.llm4j.backend.cpu.scalar.ScalarKernel.Use;
import java.util.List;

/** Kernels that move elements: the result's index, axis by axis, says where the operand's lies. */
final class CopyKernels {
  private CopyKernels() {}

  /** Distance between neighbours along each axis. */
  private static long[] strides(Shape shape) {
    long[] strides = new long[shape.rank()];
    long stride = 1;
    for (int i = shape.rank() - 1; i >= 0; i--) {
      strides[i] = stride;
      stride *= shape.size(i);
    }
    return strides;
  }

  static Kernel reshape(Op op, List<TensorSpec> inputs) {
    Shape x = inputs.get(0).shape();
    return strided(op, inputs, x, strides(x), 0);
  }

  static Kernel permute(Permute op, List<TensorSpec> inputs) {
    Shape x = inputs.get(0).shape();
    long[] of = strides(x);
    long[] strides = op.axes().stream().mapToLong(axis -> of[axis]).toArray();
    Shape y = Shape.of(op.axes().stream().mapToInt(x::size).toArray());
    return strided(op, inputs, y, strides, 0);
  }

  static Kernel broadcast(Broadcast op, List<TensorSpec> inputs) {
    Shape x = inputs.get(0).shape();
    long[] of = strides(x);
    long[] strides = new long[op.shape().rank()]; // 0 where an axis is repeated
    int extra = strides.length - of.length;
    for (int i = 0; i < of.length; i++) {
      strides[i + extra] = x.size(i) == 1 ? 0 : of[i];
    }
    return strided(op, inputs, op.shape(), strides, 0);
  }

  static Kernel slice(Slice op, List<TensorSpec> inputs) {
    Shape x = inputs.get(0).shape();
    int axis = op.axis() < 0 ? op.axis() + x.rank() : op.axis();
    long[] strides = strides(x);
    Shape y = x.with(axis, op.to() - op.from());
    return strided(op, inputs, y, strides, op.from() * strides[axis]);
  }

  /** {@code y[i0, i1, ..] = x[base + i0 strides[0] + i1 strides[1] + ..]}. */
  private static Kernel strided(
      Op op, List<TensorSpec> inputs, Shape shape, long[] strides, long base) {
    long n = shape.elements();
    return ScalarKernel.of(
        op,
        inputs,
        Use.STORED_ONCE,
        operands -> {
          Elements x = operands.in(0);
          Elements y = operands.out(0);
          int[] index = new int[shape.rank()];
          return () -> {
            long from = base;
            for (long i = 0; i < n; i++) {
              y.move(i, x, from);
              from += next(index, shape, strides);
            }
          };
        });
  }

  /** Steps to the next index, the last axis first; gives the distance. After the last comes 0. */
  private static long next(int[] index, Shape shape, long[] strides) {
    long distance = 0;
    for (int axis = index.length - 1; axis >= 0; axis--) {
      distance += strides[axis];
      if (++index[axis] < shape.size(axis)) {
        return distance;
      }
      distance -= strides[axis] * shape.size(axis);
      index[axis] = 0;
    }
    return distance;
  }

  static Kernel concat(Concat op, List<TensorSpec> inputs) {
    Shape first = inputs.get(0).shape();
    int axis = op.axis() < 0 ? op.axis() + first.rank() : op.axis();
    long outer = first.product(0, axis);
    long[] lengths = // elements of each operand that lie together
        inputs.stream().mapToLong(s -> s.shape().product(axis, first.rank())).toArray();
    return ScalarKernel.of(
        op,
        inputs,
        Use.STORED_ONCE,
        operands -> {
          Elements[] parts = new Elements[lengths.length];
          for (int i = 0; i < parts.length; i++) {
            parts[i] = operands.in(i);
          }
          Elements y = operands.out(0);
          return () -> {
            long to = 0;
            for (long o = 0; o < outer; o++) {
              for (int part = 0; part < parts.length; part++) {
                for (long i = 0; i < lengths[part]; i++) {
                  y.move(to++, parts[part], o * lengths[part] + i);
                }
              }
            }
          };
        });
  }
}

package io.github.llm4j.backend.cpu.vector;

import static java.nio.ByteOrder.nativeOrder;

import io.github.llm4j.api.op.ColumnSum;
import io.github.llm4j.api.op.SquaredNorm;
import io.github.llm4j.api.tensor.TensorSpec;
import io.github.llm4j.api.worker.Workers;
import java.lang.foreign.MemorySegment;
import java.util.List;
import jdk.incubator.vector.FloatVector;

/** Sums over many elements, part by part, the parts added in order. */
final class SumKernels {
  private static final int SUMS = 16;
  private static final int BLOCK = 1 << 16;

  private SumKernels() {}

  static RowKernel columnSum(ColumnSum op, List<TensorSpec> in, Workers workers) {
    List<TensorSpec> out = RowKernel.outputs(op, in);
    int width = in.get(0).shape().last();
    RowKernel.Split split = RowKernel.Split.atMost(in.get(0).shape().rows(), width, SUMS);
    return RowKernel.of(
            split,
            workers,
            (bindings, count) -> {
              Operand x = Operand.in(bindings, in, 0);
              Operand y = Operand.out(bindings, out, 0);
              Sums sums = new Sums(split.parts(), width);
              float[][] rows = new float[count][Lanes.padded(width)];
              return new RowKernel.Rows() {
                @Override
                public void run(int part, int worker, int from, int to) {
                  float[] row = rows[worker];
                  float[] sum = sums.fresh(part);
                  for (int r = from; r < to; r++) {
                    x.load((long) r * width, row, width);
                    Lanes.addScaled(sum, 1, row, row.length);
                  }
                }

                @Override
                public void finish() {
                  sums.into(y);
                }
              };
            })
        .adding(i -> true);
  }

  static RowKernel squaredNorm(SquaredNorm op, List<TensorSpec> in, Workers workers) {
    List<TensorSpec> out = RowKernel.outputs(op, in);
    long n = in.get(0).shape().elements();
    int blocks = Math.toIntExact((n + BLOCK - 1) / BLOCK);
    return RowKernel.of(
        new RowKernel.Split(blocks, BLOCK, blocks),
        workers,
        (bindings, count) -> {
          MemorySegment x = bindings.input(0);
          Operand y = Operand.out(bindings, out, 0);
          double[] sums = new double[blocks];
          float[][] spares = new float[count][Lanes.N];
          return new RowKernel.Rows() {
            @Override
            public void run(int part, int worker, int from, int to) {
              long begin = (long) part * BLOCK;
              int size = (int) Math.min(BLOCK, n - begin);
              sums[part] = squares(x, begin * 4, size, spares[worker]);
            }

            @Override
            public void finish() {
              double sum = 0;
              for (double part : sums) {
                sum += part;
              }
              y.number(0, (float) sum);
            }
          };
        });
  }

  private static float squares(MemorySegment x, long at, int n, float[] spare) {
    FloatVector a = FloatVector.zero(Lanes.F);
    FloatVector b = a;
    FloatVector c = a;
    FloatVector d = a;
    int i = 0;
    for (; i <= n - 4 * Lanes.N; i += 4 * Lanes.N) {
      a = square(x, at + 4L * i, a);
      b = square(x, at + 4L * (i + Lanes.N), b);
      c = square(x, at + 4L * (i + 2 * Lanes.N), c);
      d = square(x, at + 4L * (i + 3 * Lanes.N), d);
    }
    for (; i <= n - Lanes.N; i += Lanes.N) {
      a = square(x, at + 4L * i, a);
    }
    float sum = Lanes.sum(a.add(b).add(c.add(d)), spare);
    for (; i < n; i++) {
      float rest = x.get(java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED, at + 4L * i);
      sum = Math.fma(rest, rest, sum);
    }
    return sum;
  }

  private static FloatVector square(MemorySegment x, long at, FloatVector sum) {
    FloatVector v = FloatVector.fromMemorySegment(Lanes.F, x, at, nativeOrder());
    return v.fma(v, sum);
  }
}

package io.github.llm4j.backend.cpu.tile;

import io.github.llm4j.api.op.ColumnSum;
import io.github.llm4j.api.op.SquaredNorm;
import io.github.llm4j.api.tensor.TensorSpec;
import io.github.llm4j.api.worker.Workers;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** Sums over many elements, part by part, the parts added in order. */
final class SumKernels {
  private static final int SUMS = 16;
  private static final int BLOCK = 1 << 16;

  private SumKernels() {}

  static RowKernel columnSum(ColumnSum op, List<TensorSpec> in, Loops loops, Workers workers) {
    List<TensorSpec> out = RowKernel.outputs(op, in);
    int width = in.get(0).shape().last();
    RowKernel.Split split = RowKernel.Split.atMost(in.get(0).shape().rows(), width, SUMS);
    return RowKernel.of(
            split,
            workers,
            (bindings, count) -> {
              Operand x = Operand.in(loops, bindings, in, 0);
              Operand y = Operand.out(loops, bindings, out, 0);
              Sums sums = new Sums(loops, split.parts(), width);
              float[][] rows = new float[count][loops.padded(width)];
              return new RowKernel.Rows() {
                @Override
                public void run(int part, int worker, int from, int to) {
                  float[] row = rows[worker];
                  float[] sum = sums.fresh(part);
                  for (int r = from; r < to; r++) {
                    x.load((long) r * width, row, width);
                    loops.addScaled(sum, 1, row, row.length);
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

  static RowKernel squaredNorm(SquaredNorm op, List<TensorSpec> in, Loops loops, Workers workers) {
    List<TensorSpec> out = RowKernel.outputs(op, in);
    long n = in.get(0).shape().elements();
    int blocks = Math.toIntExact((n + BLOCK - 1) / BLOCK);
    return RowKernel.of(
        new RowKernel.Split(blocks, BLOCK, blocks),
        workers,
        (bindings, count) -> {
          MemorySegment x = bindings.input(0);
          Operand y = Operand.out(loops, bindings, out, 0);
          double[] sums = new double[blocks];
          float[][] spares = new float[count][loops.lanes()];
          return new RowKernel.Rows() {
            @Override
            public void run(int part, int worker, int from, int to) {
              long begin = (long) part * BLOCK;
              int size = (int) Math.min(BLOCK, n - begin);
              sums[part] = loops.squares(x, begin * 4, size, spares[worker]);
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
}

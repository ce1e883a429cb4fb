package io.github.llm4j.backend.cpu.tile;

import io.github.llm4j.api.op.CacheAppend;
import io.github.llm4j.api.op.Embedding;
import io.github.llm4j.api.op.ScatterAddRows;
import io.github.llm4j.api.tensor.Shape;
import io.github.llm4j.api.tensor.TensorSpec;
import io.github.llm4j.api.worker.Workers;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;

/** Rows read from and added to tables. */
final class TableKernels {
  /** Columns of a part: a multiple of all vectors' lengths. */
  private static final int COLUMNS = 128;

  private TableKernels() {}

  static RowKernel embedding(Embedding op, List<TensorSpec> in, Loops loops, Workers workers) {
    List<TensorSpec> out = RowKernel.outputs(op, in);
    int width = in.get(0).shape().last();
    RowKernel.Split split = RowKernel.Split.of(in.get(1).shape().elements(), width);
    return RowKernel.of(
        split,
        workers,
        (bindings, count) -> {
          Operand table = Operand.in(loops, bindings, in, 0);
          Operand ids = Operand.in(loops, bindings, in, 1);
          Operand y = Operand.out(loops, bindings, out, 0);
          float[][] rows = new float[count][loops.padded(width)];
          return (part, worker, from, to) -> {
            float[] row = rows[worker];
            for (int r = from; r < to; r++) {
              int id = ids.integer(r);
              if (id < 0) {
                Arrays.fill(row, 0);
              } else {
                table.load((long) id * width, row, width);
              }
              y.store(row, (long) r * width, width);
            }
          };
        });
  }

  /** Split by columns, so that each element's sum has one writer, which goes in order of rows. */
  static RowKernel scatterAdd(
      ScatterAddRows op, List<TensorSpec> in, Loops loops, Workers workers) {
    List<TensorSpec> out = RowKernel.outputs(op, in);
    int count = Math.toIntExact(in.get(1).shape().elements());
    int width = Math.toIntExact(out.get(0).shape().product(1, out.get(0).shape().rank()));
    int stripes = (width + COLUMNS - 1) / COLUMNS;
    return RowKernel.of(
            new RowKernel.Split(stripes, COLUMNS, stripes),
            workers,
            (bindings, threads) -> {
              Operand x = Operand.in(loops, bindings, in, 0);
              Operand ids = Operand.in(loops, bindings, in, 1);
              Operand y = Operand.out(loops, bindings, out, 0);
              float[][] tiles = new float[threads][COLUMNS];
              return (part, worker, from, to) -> {
                int column = part * COLUMNS;
                int n = Math.min(COLUMNS, width - column);
                if (!y.add()) {
                  for (int r = 0; r < op.rows(); r++) {
                    y.memory().asSlice(4 * ((long) r * width + column), 4L * n).fill((byte) 0);
                  }
                }
                for (int r = 0; r < count; r++) {
                  int id = ids.integer(r);
                  if (id >= 0) {
                    x.load((long) r * width + column, tiles[worker], n);
                    loops.add(tiles[worker], y.memory(), 4 * ((long) id * width + column), n);
                  }
                }
              };
            })
        .adding(i -> true);
  }

  static RowKernel cacheAppend(CacheAppend op, List<TensorSpec> in, Loops loops, Workers workers) {
    Shape cache = in.get(0).shape();
    int batch = cache.size(0);
    long row = in.get(0).dtype().bytes(cache.product(2, cache.rank()));
    long rows = in.get(1).shape().size(1);
    long capacity = cache.size(1);
    return RowKernel.of(
        new RowKernel.Split(batch, 1, batch),
        workers,
        (bindings, count) -> {
          MemorySegment added = bindings.input(1);
          Operand lengths = Operand.in(loops, bindings, in, 2);
          MemorySegment y = bindings.output(0);
          return (part, worker, from, to) -> {
            long place = (part * capacity + lengths.integer(part)) * row;
            MemorySegment.copy(added, part * rows * row, y, place, rows * row);
          };
        });
  }
}

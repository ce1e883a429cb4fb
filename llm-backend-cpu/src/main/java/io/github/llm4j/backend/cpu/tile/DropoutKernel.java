package io.github.llm4j.backend.cpu.tile;

import io.github.llm4j.api.op.Dropout;
import io.github.llm4j.api.tensor.TensorSpec;
import io.github.llm4j.api.worker.Workers;
import java.lang.foreign.ValueLayout;
import java.util.List;

/** Dropout by counters: tiles of the rows along axis 0. */
final class DropoutKernel {
  private static final int TILE = 1024;

  private DropoutKernel() {}

  static RowKernel of(Dropout op, List<TensorSpec> in, Loops loops, Workers workers) {
    int rows = in.get(0).shape().size(0);
    long width = in.get(0).shape().elements() / rows;
    int perRow = Math.toIntExact((width + TILE - 1) / TILE);
    float scale = (float) (1 / (1.0 - op.p()));
    return RowKernel.of(
            RowKernel.Split.of((long) rows * perRow, TILE),
            workers,
            (bindings, count) -> {
              Operand x = Operand.in(loops, bindings, in, 0);
              Operand y = Operand.out(loops, bindings, in, 0);
              Operand state = Operand.in(loops, bindings, in, 1);
              float[][] tiles = new float[count][TILE];
              Uniforms[] random = new Uniforms[count];
              for (int i = 0; i < count; i++) {
                random[i] = loops.uniforms(TILE);
              }
              return (part, worker, from, to) -> {
                float[] tile = tiles[worker];
                long seed = word(state, 0);
                int step = (int) word(state, 1);
                int first = (int) word(state, 2);
                for (int t = from; t < to; t++) {
                  int row = t / perRow;
                  long at = (long) (t % perRow) * TILE;
                  int n = (int) Math.min(TILE, width - at);
                  x.load(row * width + at, tile, n);
                  float[] u = random[worker].uniform(seed, op.key(), step, first + row, at, n);
                  drop(tile, u, op.p(), scale, n);
                  y.store(tile, row * width + at, n);
                }
              };
            })
        .overwriting();
  }

  private static long word(Operand state, int index) {
    return state.memory().get(ValueLayout.JAVA_LONG_UNALIGNED, 8L * index);
  }

  private static void drop(float[] x, float[] u, float p, float scale, int n) {
    for (int i = 0; i < n; i++) {
      x[i] = u[i] >= p ? x[i] * scale : 0;
    }
  }
}

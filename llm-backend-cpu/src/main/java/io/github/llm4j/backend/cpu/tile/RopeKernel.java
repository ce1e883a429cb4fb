package io.github.llm4j.backend.cpu.tile;

import io.github.llm4j.api.op.Rope;
import io.github.llm4j.api.tensor.Shape;
import io.github.llm4j.api.tensor.TensorSpec;
import io.github.llm4j.api.worker.Workers;
import java.util.List;

/** Rotary positions, all heads of a place at once. */
final class RopeKernel {
  private RopeKernel() {}

  static RowKernel of(Rope op, List<TensorSpec> in, Loops loops, Workers workers) {
    Shape x = in.get(0).shape();
    int heads = x.size(2);
    int size = x.size(3);
    int width = heads * size;
    int half = in.get(1).shape().last();
    float sign = op.inverse() ? -1 : 1;
    RowKernel.Split split = RowKernel.Split.of((long) x.size(0) * x.size(1), width);
    return RowKernel.of(
            split,
            workers,
            (bindings, count) -> {
              Operand from = Operand.in(loops, bindings, in, 0);
              Operand cosines = Operand.in(loops, bindings, in, 1);
              Operand sines = Operand.in(loops, bindings, in, 2);
              Operand places = Operand.in(loops, bindings, in, 3);
              Operand to = Operand.out(loops, bindings, in, 0);
              float[][] rows = new float[count][loops.padded(width)];
              float[][] cos = new float[count][loops.padded(half)];
              float[][] sin = new float[count][loops.padded(half)];
              return (part, worker, first, end) -> {
                float[] row = rows[worker];
                for (int r = first; r < end; r++) {
                  long place = (long) places.integer(r) * half;
                  from.load((long) r * width, row, width);
                  cosines.load(place, cos[worker], half);
                  sines.load(place, sin[worker], half);
                  for (int h = 0; h < heads; h++) {
                    rotate(row, h * size, half, cos[worker], sin[worker], sign);
                  }
                  to.store(row, (long) r * width, width);
                }
              };
            })
        .overwriting();
  }

  private static void rotate(float[] x, int at, int half, float[] cos, float[] sin, float sign) {
    for (int i = 0; i < half; i++) {
      float a = x[at + i];
      float b = x[at + half + i];
      float s = sign * sin[i];
      x[at + i] = a * cos[i] - b * s;
      x[at + half + i] = b * cos[i] + a * s;
    }
  }
}

package io.github.llm4j.backend.cpu.tile;

import io.github.llm4j.api.backend.Bindings;
import io.github.llm4j.api.op.CrossEntropy;
import io.github.llm4j.api.op.CrossEntropyGrad;
import io.github.llm4j.api.op.Softmax;
import io.github.llm4j.api.tensor.TensorSpec;
import io.github.llm4j.api.worker.Workers;
import java.util.Arrays;
import java.util.List;

/** Exponentials of rows: softmax and cross-entropy. */
final class LossKernels {
  private LossKernels() {}

  static RowKernel softmax(Softmax op, List<TensorSpec> in, Loops loops, Workers workers) {
    int width = in.get(0).shape().last();
    RowKernel.Split split = RowKernel.Split.of(in.get(0).shape().rows(), width);
    return RowKernel.of(
            split,
            workers,
            (bindings, count) -> {
              Operand x = Operand.in(loops, bindings, in, 0);
              Operand y = Operand.out(loops, bindings, in, 0);
              float[][] rows = new float[count][loops.padded(width)];
              float[][] spares = new float[count][loops.lanes()];
              return (part, worker, from, to) -> {
                for (int r = from; r < to; r++) {
                  float[] row = rows[worker];
                  load(x, r, row, width);
                  float max =
                      Math.max(loops.max(row, row.length, spares[worker]), -Float.MAX_VALUE);
                  float sum = loops.exponentials(row, max, row.length, spares[worker]);
                  scale(row, sum == 0 ? 1 : 1 / sum, row.length);
                  y.store(row, (long) r * width, width);
                }
              };
            })
        .overwriting();
  }

  /** A row; behind it stands minus infinity, whose exponential is 0. */
  private static void load(Operand x, int r, float[] row, int width) {
    x.load((long) r * width, row, width);
    Arrays.fill(row, width, row.length, Float.NEGATIVE_INFINITY);
  }

  private static void scale(float[] x, float factor, int n) {
    for (int i = 0; i < n; i++) {
      x[i] *= factor;
    }
  }

  static RowKernel crossEntropy(
      CrossEntropy op, List<TensorSpec> in, Loops loops, Workers workers) {
    List<TensorSpec> out = RowKernel.outputs(op, in);
    int width = in.get(0).shape().last();
    RowKernel.Split split = RowKernel.Split.of(in.get(0).shape().rows(), width);
    return RowKernel.of(
        split, workers, (bindings, count) -> new Loss(loops, bindings, in, out, width, count));
  }

  private static final class Loss implements RowKernel.Rows {
    private final Loops loops;
    private final int width;
    private final Operand logits;
    private final Operand targets;
    private final Operand losses;
    private final Operand lses;
    private final float[][] rows;
    private final float[][] spares;

    Loss(
        Loops loops,
        Bindings bindings,
        List<TensorSpec> in,
        List<TensorSpec> out,
        int width,
        int workers) {
      this.loops = loops;
      this.width = width;
      logits = Operand.in(loops, bindings, in, 0);
      targets = Operand.in(loops, bindings, in, 1);
      losses = Operand.out(loops, bindings, out, 0);
      lses = Operand.out(loops, bindings, out, 1);
      rows = new float[workers][loops.padded(width)];
      spares = new float[workers][loops.lanes()];
    }

    @Override
    public void run(int part, int worker, int from, int to) {
      for (int r = from; r < to; r++) {
        row(r, rows[worker], spares[worker]);
      }
    }

    private void row(int r, float[] row, float[] spare) {
      load(logits, r, row, width);
      int target = targets.integer(r);
      boolean valid = target >= 0 && target < width;
      float picked = valid ? row[target] : 0;
      float max = loops.max(row, row.length, spare);
      float sum = loops.exponentials(row, max, row.length, spare);
      float lse = (float) StrictMath.log(sum) + max;
      losses.number(r, valid ? lse - picked : 0);
      lses.number(r, lse);
    }
  }

  static RowKernel crossEntropyGrad(
      CrossEntropyGrad op, List<TensorSpec> in, Loops loops, Workers workers) {
    int width = in.get(0).shape().last();
    RowKernel.Split split = RowKernel.Split.of(in.get(0).shape().rows(), width);
    return RowKernel.of(
            split, workers, (bindings, count) -> new LossGrad(loops, bindings, in, width, count))
        .overwriting();
  }

  private static final class LossGrad implements RowKernel.Rows {
    private static final int TILE = 1024;

    private final Loops loops;
    private final int width;
    private final Operand logits;
    private final Operand targets;
    private final Operand lses;
    private final Operand dLosses;
    private final Operand dLogits;
    private final float[][] tiles;

    LossGrad(Loops loops, Bindings bindings, List<TensorSpec> in, int width, int workers) {
      this.loops = loops;
      this.width = width;
      logits = Operand.in(loops, bindings, in, 0);
      targets = Operand.in(loops, bindings, in, 1);
      lses = Operand.in(loops, bindings, in, 2);
      dLosses = Operand.in(loops, bindings, in, 3);
      dLogits = Operand.out(loops, bindings, in, 0);
      tiles = new float[workers][TILE];
    }

    @Override
    public void run(int part, int worker, int from, int to) {
      for (int r = from; r < to; r++) {
        row(r, tiles[worker]);
      }
    }

    private void row(int r, float[] tile) {
      int target = targets.integer(r);
      boolean valid = target >= 0 && target < width;
      float d = valid ? dLosses.number(r) : 0;
      for (int at = 0; at < width; at += TILE) {
        int n = Math.min(TILE, width - at);
        logits.load((long) r * width + at, tile, n);
        loops.scaledExponentials(tile, lses.number(r), d, loops.padded(n));
        if (target >= at && target < at + n) {
          tile[target - at] -= d;
        }
        dLogits.store(tile, (long) r * width + at, n);
      }
    }
  }
}

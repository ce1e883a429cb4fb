package io.github.llm4j.backend.cpu.vector;

import io.github.llm4j.api.backend.Bindings;
import io.github.llm4j.api.op.CrossEntropy;
import io.github.llm4j.api.op.CrossEntropyGrad;
import io.github.llm4j.api.op.Softmax;
import io.github.llm4j.api.tensor.TensorSpec;
import io.github.llm4j.api.worker.Workers;
import java.util.Arrays;
import java.util.List;
import jdk.incubator.vector.FloatVector;

/** Exponentials of rows: softmax and cross-entropy. */
final class LossKernels {
  private LossKernels() {}

  static RowKernel softmax(Softmax op, List<TensorSpec> in, Workers workers) {
    int width = in.get(0).shape().last();
    RowKernel.Split split = RowKernel.Split.of(in.get(0).shape().rows(), width);
    return RowKernel.of(
            split,
            workers,
            (bindings, count) -> {
              Operand x = Operand.in(bindings, in, 0);
              Operand y = Operand.out(bindings, in, 0);
              float[][] rows = new float[count][Lanes.padded(width)];
              float[][] spares = new float[count][Lanes.N];
              return (part, worker, from, to) -> {
                for (int r = from; r < to; r++) {
                  float[] row = rows[worker];
                  load(x, r, row, width);
                  float max =
                      Math.max(Lanes.max(row, row.length, spares[worker]), -Float.MAX_VALUE);
                  float sum = exponentials(row, max, row.length, spares[worker]);
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

  /** {@code x = e^(x - max)}; gives the sum. */
  private static float exponentials(float[] x, float max, int n, float[] spare) {
    FloatVector sum = FloatVector.zero(Lanes.F);
    for (int i = 0; i < n; i += Lanes.N) {
      FloatVector e = Functions.exp(FloatVector.fromArray(Lanes.F, x, i).sub(max));
      e.intoArray(x, i);
      sum = sum.add(e);
    }
    return Lanes.sum(sum, spare);
  }

  private static void scale(float[] x, float factor, int n) {
    for (int i = 0; i < n; i++) {
      x[i] *= factor;
    }
  }

  static RowKernel crossEntropy(CrossEntropy op, List<TensorSpec> in, Workers workers) {
    List<TensorSpec> out = RowKernel.outputs(op, in);
    int width = in.get(0).shape().last();
    RowKernel.Split split = RowKernel.Split.of(in.get(0).shape().rows(), width);
    return RowKernel.of(
        split, workers, (bindings, count) -> new Loss(bindings, in, out, width, count));
  }

  private static final class Loss implements RowKernel.Rows {
    private final int width;
    private final Operand logits;
    private final Operand targets;
    private final Operand losses;
    private final Operand lses;
    private final float[][] rows;
    private final float[][] spares;

    Loss(Bindings bindings, List<TensorSpec> in, List<TensorSpec> out, int width, int workers) {
      this.width = width;
      logits = Operand.in(bindings, in, 0);
      targets = Operand.in(bindings, in, 1);
      losses = Operand.out(bindings, out, 0);
      lses = Operand.out(bindings, out, 1);
      rows = new float[workers][Lanes.padded(width)];
      spares = new float[workers][Lanes.N];
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
      float max = Lanes.max(row, row.length, spare);
      float sum = exponentials(row, max, row.length, spare);
      float lse = (float) StrictMath.log(sum) + max;
      losses.number(r, valid ? lse - picked : 0);
      lses.number(r, lse);
    }
  }

  static RowKernel crossEntropyGrad(CrossEntropyGrad op, List<TensorSpec> in, Workers workers) {
    int width = in.get(0).shape().last();
    RowKernel.Split split = RowKernel.Split.of(in.get(0).shape().rows(), width);
    return RowKernel.of(
            split, workers, (bindings, count) -> new LossGrad(bindings, in, width, count))
        .overwriting();
  }

  private static final class LossGrad implements RowKernel.Rows {
    private static final int TILE = 1024;

    private final int width;
    private final Operand logits;
    private final Operand targets;
    private final Operand lses;
    private final Operand dLosses;
    private final Operand dLogits;
    private final float[][] tiles;

    LossGrad(Bindings bindings, List<TensorSpec> in, int width, int workers) {
      this.width = width;
      logits = Operand.in(bindings, in, 0);
      targets = Operand.in(bindings, in, 1);
      lses = Operand.in(bindings, in, 2);
      dLosses = Operand.in(bindings, in, 3);
      dLogits = Operand.out(bindings, in, 0);
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
        gradient(tile, lses.number(r), d, Lanes.padded(n));
        if (target >= at && target < at + n) {
          tile[target - at] -= d;
        }
        dLogits.store(tile, (long) r * width + at, n);
      }
    }

    private static void gradient(float[] x, float lse, float d, int n) {
      for (int i = 0; i < n; i += Lanes.N) {
        Functions.exp(FloatVector.fromArray(Lanes.F, x, i).sub(lse)).mul(d).intoArray(x, i);
      }
    }
  }
}

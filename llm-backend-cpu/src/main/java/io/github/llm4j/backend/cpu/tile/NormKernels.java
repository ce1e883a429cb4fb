package io.github.llm4j.backend.cpu.tile;

import io.github.llm4j.api.backend.Bindings;
import io.github.llm4j.api.op.LayerNorm;
import io.github.llm4j.api.op.RmsNorm;
import io.github.llm4j.api.tensor.TensorSpec;
import io.github.llm4j.api.worker.Workers;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Normalization of rows, forward. */
final class NormKernels {
  private NormKernels() {}

  static RowKernel layerNorm(LayerNorm op, List<TensorSpec> in, Loops loops, Workers workers) {
    List<TensorSpec> out = RowKernel.outputs(op, in);
    int width = in.get(0).shape().last();
    return RowKernel.of(
        RowKernel.Split.of(in.get(0).shape().rows(), width),
        workers,
        (bindings, count) ->
            new Norm(
                loops,
                width,
                op.eps(),
                true,
                count,
                Operand.in(loops, bindings, in, 0),
                Operand.in(loops, bindings, in, 1),
                op.bias() ? Operand.in(loops, bindings, in, 2) : null,
                results(loops, bindings, out)));
  }

  static RowKernel rmsNorm(RmsNorm op, List<TensorSpec> in, Loops loops, Workers workers) {
    List<TensorSpec> out = RowKernel.outputs(op, in);
    int width = in.get(0).shape().last();
    return RowKernel.of(
        RowKernel.Split.of(in.get(0).shape().rows(), width),
        workers,
        (bindings, count) ->
            new Norm(
                loops,
                width,
                op.eps(),
                false,
                count,
                Operand.in(loops, bindings, in, 0),
                Operand.in(loops, bindings, in, 1),
                null,
                results(loops, bindings, out)));
  }

  private static Operand[] results(Loops loops, Bindings bindings, List<TensorSpec> out) {
    Operand[] results = new Operand[out.size()];
    for (int i = 0; i < results.length; i++) {
      results[i] = Operand.out(loops, bindings, out, i);
    }
    return results;
  }

  /** Both norms: the root-mean-square one takes no mean away. */
  private static final class Norm implements RowKernel.Rows {
    private final Loops loops;
    private final int width;
    private final float eps;
    private final boolean centred;
    private final Operand x;
    private final Operand weight;
    private final @Nullable Operand bias;
    private final Operand[] results;
    private final float[][] rows;
    private final float[][] gains;
    private final float[][] shifts;
    private final float[][] spares;

    Norm(
        Loops loops,
        int width,
        float eps,
        boolean centred,
        int workers,
        Operand x,
        Operand weight,
        @Nullable Operand bias,
        Operand[] results) {
      this.loops = loops;
      this.width = width;
      this.eps = eps;
      this.centred = centred;
      this.x = x;
      this.weight = weight;
      this.bias = bias;
      this.results = results;
      int n = loops.padded(width);
      rows = new float[workers][n];
      gains = new float[workers][n];
      shifts = new float[workers][n];
      spares = new float[workers][loops.lanes()];
    }

    @Override
    public void run(int part, int worker, int from, int to) {
      weight.load(0, gains[worker], width);
      if (bias != null) {
        bias.load(0, shifts[worker], width);
      }
      for (int r = from; r < to; r++) {
        row(r, rows[worker], gains[worker], shifts[worker], spares[worker]);
      }
    }

    private void row(int r, float[] row, float[] gain, float[] shift, float[] spare) {
      int n = row.length;
      x.load((long) r * width, row, width);
      float mean = centred ? loops.sum(row, n, spare) / width : 0;
      if (centred) {
        subtract(row, mean, n);
        Arrays.fill(row, width, n, 0);
        results[1].number(r, mean);
      }
      float rstd = (float) (1 / Math.sqrt(loops.dot(row, row, n, spare) / width + eps));
      scale(row, rstd, gain, shift, n);
      results[0].store(row, (long) r * width, width);
      results[results.length - 1].number(r, rstd);
    }

    private static void subtract(float[] row, float mean, int n) {
      for (int i = 0; i < n; i++) {
        row[i] -= mean;
      }
    }

    private static void scale(float[] row, float rstd, float[] gain, float[] shift, int n) {
      for (int i = 0; i < n; i++) {
        row[i] = Math.fma(row[i] * rstd, gain[i], shift[i]);
      }
    }
  }
}

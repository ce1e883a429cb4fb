package io.github.llm4j.backend.cpu.tile;

import io.github.llm4j.api.backend.Bindings;
import io.github.llm4j.api.op.LayerNorm;
import io.github.llm4j.api.op.Op;
import io.github.llm4j.api.op.ResidualNorm;
import io.github.llm4j.api.op.RmsNorm;
import io.github.llm4j.api.tensor.TensorSpec;
import io.github.llm4j.api.worker.Workers;
import java.util.Arrays;
import java.util.List;

/** Normalization of rows, forward. */
final class NormKernels {
  private NormKernels() {}

  static RowKernel layerNorm(LayerNorm op, List<TensorSpec> in, Loops loops, Workers workers) {
    return norm(op, new Form(op.eps(), true, op.bias(), false), in, loops, workers);
  }

  static RowKernel rmsNorm(RmsNorm op, List<TensorSpec> in, Loops loops, Workers workers) {
    return norm(op, new Form(op.eps(), false, false, false), in, loops, workers);
  }

  /** A sum and the norm of it. */
  static RowKernel residual(ResidualNorm op, List<TensorSpec> in, Loops loops, Workers workers) {
    Form form =
        switch (op.norm()) {
          case LayerNorm norm -> new Form(norm.eps(), true, norm.bias(), true);
          case RmsNorm norm -> new Form(norm.eps(), false, false, true);
          default -> throw new IllegalArgumentException("no kernel for " + op);
        };
    return norm(op, form, in, loops, workers);
  }

  /**
   * What kind of norm it is.
   *
   * @param centred whether the mean is taken away
   * @param bias whether there is one
   * @param residual whether the rows are sums of two operands, and given too
   */
  private record Form(float eps, boolean centred, boolean bias, boolean residual) {}

  private static RowKernel norm(
      Op op, Form form, List<TensorSpec> in, Loops loops, Workers workers) {
    List<TensorSpec> out = RowKernel.outputs(op, in);
    int width = in.get(0).shape().last();
    return RowKernel.of(
        RowKernel.Split.of(in.get(0).shape().rows(), width),
        workers,
        (bindings, count) ->
            new Norm(
                loops,
                width,
                form,
                count,
                operands(loops, bindings, in),
                results(loops, bindings, out)));
  }

  private static Operand[] operands(Loops loops, Bindings bindings, List<TensorSpec> in) {
    Operand[] operands = new Operand[in.size()];
    for (int i = 0; i < operands.length; i++) {
      operands[i] = Operand.in(loops, bindings, in, i);
    }
    return operands;
  }

  private static Operand[] results(Loops loops, Bindings bindings, List<TensorSpec> out) {
    Operand[] results = new Operand[out.size()];
    for (int i = 0; i < results.length; i++) {
      results[i] = Operand.out(loops, bindings, out, i);
    }
    return results;
  }

  /** All norms: the root-mean-square one takes no mean away. */
  private static final class Norm implements RowKernel.Rows {
    private final Loops loops;
    private final int width;
    private final Form form;
    private final Operand[] operands;
    private final Operand[] results;

    /** Index of the weight among the operands, and of y among the results. */
    private final int weightAt;

    private final int normedAt;
    private final float[][] rows;
    private final float[][] branches;
    private final float[][] gains;
    private final float[][] shifts;
    private final float[][] spares;

    Norm(Loops loops, int width, Form form, int workers, Operand[] operands, Operand[] results) {
      this.loops = loops;
      this.width = width;
      this.form = form;
      this.operands = operands;
      this.results = results;
      this.weightAt = form.residual() ? 2 : 1;
      this.normedAt = form.residual() ? 1 : 0;
      int n = loops.padded(width);
      rows = new float[workers][n];
      branches = new float[workers][form.residual() ? n : 0];
      gains = new float[workers][n];
      shifts = new float[workers][n];
      spares = new float[workers][loops.lanes()];
    }

    @Override
    public void run(int part, int worker, int from, int to) {
      operands[weightAt].load(0, gains[worker], width);
      if (form.bias()) {
        operands[weightAt + 1].load(0, shifts[worker], width);
      }
      for (int r = from; r < to; r++) {
        operands[0].load((long) r * width, rows[worker], width);
        if (form.residual()) {
          operands[1].load((long) r * width, branches[worker], width);
          add(rows[worker], branches[worker], rows[worker].length);
          results[0].store(rows[worker], (long) r * width, width);
        }
        row(r, rows[worker], gains[worker], shifts[worker], spares[worker]);
      }
    }

    private void row(int r, float[] row, float[] gain, float[] shift, float[] spare) {
      int n = row.length;
      float mean = form.centred() ? loops.sum(row, n, spare) / width : 0;
      if (form.centred()) {
        subtract(row, mean, n);
        Arrays.fill(row, width, n, 0);
        results[normedAt + 1].number(r, mean);
      }
      float rstd = (float) (1 / Math.sqrt(loops.dot(row, row, n, spare) / width + form.eps()));
      scale(row, rstd, gain, shift, n);
      results[normedAt].store(row, (long) r * width, width);
      results[results.length - 1].number(r, rstd);
    }

    private static void add(float[] row, float[] branch, int n) {
      for (int i = 0; i < n; i++) {
        row[i] += branch[i];
      }
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

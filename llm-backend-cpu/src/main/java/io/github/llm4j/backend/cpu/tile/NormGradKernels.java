package io.github.llm4j.backend.cpu.tile;

import io.github.llm4j.api.backend.Bindings;
import io.github.llm4j.api.op.LayerNormGrad;
import io.github.llm4j.api.op.Op;
import io.github.llm4j.api.op.RmsNormGrad;
import io.github.llm4j.api.tensor.TensorSpec;
import io.github.llm4j.api.worker.Workers;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Normalization of rows, backward: one pass over x and dy. */
final class NormGradKernels {
  private static final int SUMS = 16;

  private NormGradKernels() {}

  static RowKernel layerNorm(LayerNormGrad op, List<TensorSpec> in, Loops loops, Workers workers) {
    return kernel(op, in, loops, workers, true);
  }

  static RowKernel rmsNorm(RmsNormGrad op, List<TensorSpec> in, Loops loops, Workers workers) {
    return kernel(op, in, loops, workers, false);
  }

  private static RowKernel kernel(
      Op op, List<TensorSpec> in, Loops loops, Workers workers, boolean centred) {
    List<TensorSpec> out = RowKernel.outputs(op, in);
    int width = in.get(0).shape().last();
    RowKernel.Split split = RowKernel.Split.atMost(in.get(0).shape().rows(), width, SUMS);
    return RowKernel.of(
            split,
            workers,
            (bindings, count) ->
                new NormGrad(loops, bindings, in, out, centred, split.parts(), count))
        .adding(i -> i > 0);
  }

  private static final class NormGrad implements RowKernel.Rows {
    private final Loops loops;
    private final int width;
    private final Operand x;
    private final Operand weight;
    private final @Nullable Operand mean;
    private final Operand rstd;
    private final Operand dy;
    private final Operand dx;
    private final Operand dWeight;
    private final @Nullable Operand dBias;
    private final Sums weights;
    private final Sums biases;
    private final Scratch[] scratch;

    NormGrad(
        Loops loops,
        Bindings bindings,
        List<TensorSpec> in,
        List<TensorSpec> out,
        boolean centred,
        int parts,
        int workers) {
      this.loops = loops;
      width = in.get(0).shape().last();
      x = Operand.in(loops, bindings, in, 0);
      weight = Operand.in(loops, bindings, in, 1);
      mean = centred ? Operand.in(loops, bindings, in, 2) : null;
      rstd = Operand.in(loops, bindings, in, centred ? 3 : 2);
      dy = Operand.in(loops, bindings, in, centred ? 4 : 3);
      dx = Operand.out(loops, bindings, out, 0);
      dWeight = Operand.out(loops, bindings, out, 1);
      dBias = centred ? Operand.out(loops, bindings, out, 2) : null;
      weights = new Sums(loops, parts, width);
      biases = new Sums(loops, centred ? parts : 1, width);
      scratch = new Scratch[workers];
      for (int i = 0; i < workers; i++) {
        scratch[i] = new Scratch(loops.padded(width), loops.lanes());
      }
    }

    @Override
    public void run(int part, int worker, int from, int to) {
      Scratch s = scratch[worker];
      weight.load(0, s.gain, width);
      float[] dGain = weights.fresh(part);
      float[] dShift = mean != null ? biases.fresh(part) : s.unused;
      for (int r = from; r < to; r++) {
        row(r, s, dGain, dShift);
      }
    }

    private void row(int r, Scratch s, float[] dGain, float[] dShift) {
      int n = s.n.length;
      long at = (long) r * width;
      float scale = rstd.number(r);
      float centre = mean != null ? mean.number(r) : 0;
      x.load(at, s.n, width);
      dy.load(at, s.dy, width);
      if (mean != null) {
        loops.addScaled(dShift, 1, s.dy, n);
      }
      loops.normalise(s.n, centre, scale, s.dy, s.gain, s.g, dGain, n);
      if (!dx.wanted()) {
        return;
      }
      float meanG = mean != null ? loops.sum(s.g, n, s.spare) / width : 0;
      float meanGn = loops.dot(s.g, s.n, n, s.spare) / width;
      gradient(s.n, s.g, scale, meanG, meanGn, n);
      dx.store(s.g, at, width);
    }

    private static void gradient(
        float[] normed, float[] g, float rstd, float meanG, float meanGn, int n) {
      for (int i = 0; i < n; i++) {
        g[i] = rstd * (g[i] - meanG - normed[i] * meanGn);
      }
    }

    @Override
    public void finish() {
      if (dWeight.wanted()) {
        weights.into(dWeight);
      }
      if (dBias != null && dBias.wanted()) {
        biases.into(dBias);
      }
    }
  }

  /** What one worker computes in. */
  private static final class Scratch {
    private final float[] n;
    private final float[] dy;
    private final float[] g;
    private final float[] gain;
    private final float[] unused = new float[0];
    private final float[] spare;

    Scratch(int width, int lanes) {
      n = new float[width];
      dy = new float[width];
      g = new float[width];
      gain = new float[width];
      spare = new float[lanes];
    }
  }
}

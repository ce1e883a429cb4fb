package io.github.llm4j.backend.cpu.tile;

import io.github.llm4j.api.backend.Bindings;
import io.github.llm4j.api.backend.Kernel;
import io.github.llm4j.api.backend.Launch;
import io.github.llm4j.api.op.UnitMatrix;
import io.github.llm4j.api.tensor.Shape;
import io.github.llm4j.api.tensor.TensorSpec;
import io.github.llm4j.api.worker.Workers;
import java.util.List;

/** The mixture of two matrices, once for its norm and once more divided by it. */
record UnitMatrixKernel(UnitMatrix op, List<TensorSpec> in, Loops loops, Workers workers)
    implements Kernel {
  private static final int BLOCK = 1 << 14;
  private static final int TILE = 1024;

  @Override
  public Launch bind(Bindings bindings) {
    Run run = new Run(this, bindings);
    Workers.Part measure = run::measure;
    Workers.Part divide = run::divide;
    return () -> {
      workers.run(run.parts, measure);
      workers.run(run.parts, divide);
    };
  }

  /** One launch. */
  private static final class Run {
    private final Loops loops;
    private final float p;
    private final float q;
    private final float eps;
    private final long size; // of a matrix
    private final int blocks; // of a matrix
    private final int parts;
    private final Operand a;
    private final Operand b;
    private final Operand scale;
    private final Operand y;
    private final double[] squares;
    private final float[][][] tiles;

    Run(UnitMatrixKernel kernel, Bindings bindings) {
      loops = kernel.loops;
      p = (float) kernel.op.p();
      q = (float) kernel.op.q();
      eps = (float) kernel.op.eps();
      Shape shape = kernel.in.get(0).shape();
      size = shape.product(shape.rank() - 2, shape.rank());
      blocks = Math.toIntExact((size + BLOCK - 1) / BLOCK);
      parts = Math.toIntExact(shape.product(0, shape.rank() - 2)) * blocks;
      a = Operand.in(loops, bindings, kernel.in, 0);
      b = Operand.in(loops, bindings, kernel.in, 1);
      scale = Operand.in(loops, bindings, kernel.in, 2);
      y = Operand.out(loops, bindings, RowKernel.outputs(kernel.op, kernel.in), 0);
      squares = new double[parts];
      tiles = new float[kernel.workers.count()][3][TILE];
    }

    private long from(int part) {
      return part / blocks * size + part % blocks * (long) BLOCK;
    }

    private long to(int part) {
      return Math.min(from(part) + BLOCK, (part / blocks + 1) * size);
    }

    void measure(int part, int worker) {
      float[][] tile = tiles[worker];
      double sum = 0;
      for (long at = from(part); at < to(part); at += TILE) {
        int n = loops.padded(mix(tile, at, (int) Math.min(TILE, to(part) - at), 1));
        sum += loops.dot(tile[0], tile[0], n, tile[2]);
      }
      squares[part] = sum;
    }

    void divide(int part, int worker) {
      double sum = 0;
      for (int block = 0; block < blocks; block++) {
        sum += squares[part / blocks * blocks + block];
      }
      float inverse = 1 / Math.max(eps, (float) Math.sqrt(sum));
      float[][] tile = tiles[worker];
      for (long at = from(part); at < to(part); at += TILE) {
        int n = mix(tile, at, (int) Math.min(TILE, to(part) - at), inverse);
        y.store(tile[0], at, n);
      }
    }

    private int mix(float[][] tile, long at, int n, float factor) {
      a.load(at, tile[0], n);
      b.load(at, tile[1], n);
      mix(tile[0], tile[1], p, q * scale.number(0), factor, loops.padded(n));
      return n;
    }

    private static void mix(float[] a, float[] b, float p, float q, float factor, int n) {
      for (int i = 0; i < n; i++) {
        a[i] = (a[i] * p + b[i] * q) * factor;
      }
    }
  }
}

package io.github.llm4j.backend.cpu.tile;

import io.github.llm4j.api.backend.Bindings;
import io.github.llm4j.api.op.Adafactor;
import java.util.Arrays;

/** One launch of Adafactor whose second moment is as large as the parameter. */
class AdafactorRun {
  final Loops loops;
  final Adafactor op;
  final AdafactorRows rows;
  final Operand first;
  private final Operand w;
  private final Operand m;
  private final Operand grad;
  private final Operand hyper;
  private final Operand scale;
  private final Operand finite;
  private final Operand copy;
  private final double[] weights; // sums of squares, part by part
  private final double[] directions;
  private final Scratch[] scratch;
  private float rate;
  private float clipped;

  /** Rows that one worker computes in. */
  static final class Scratch {
    final float[] w;
    final float[] m;
    final float[] u; // gradient, then direction
    final float[] v;
    final float[] spare;

    Scratch(int size, int lanes) {
      w = new float[size];
      m = new float[size];
      u = new float[size];
      v = new float[size];
      spare = new float[lanes];
    }
  }

  AdafactorRun(AdafactorKernel kernel, Bindings bindings, AdafactorRows rows) {
    this.loops = kernel.loops();
    this.op = kernel.op();
    this.rows = rows;
    int at = op.gradient();
    w = Operand.in(loops, bindings, kernel.in(), 0);
    first = Operand.in(loops, bindings, kernel.in(), 1);
    m = Operand.in(loops, bindings, kernel.in(), op.momentum());
    grad = Operand.in(loops, bindings, kernel.in(), at);
    hyper = Operand.in(loops, bindings, kernel.in(), at + 1);
    scale = Operand.in(loops, bindings, kernel.in(), at + 2);
    finite = Operand.in(loops, bindings, kernel.in(), at + 3);
    copy = Operand.in(loops, bindings, kernel.in(), op.copy() ? at + 4 : 0);
    weights = new double[rows.parts()];
    directions = new double[rows.parts()];
    scratch = new Scratch[kernel.workers().count()];
    for (int i = 0; i < scratch.length; i++) {
      scratch[i] = new Scratch(loops.padded(rows.width()), loops.lanes());
    }
  }

  final boolean finite() {
    return finite.number(0) != 0;
  }

  /** Share of this step in the averages. */
  final float share() {
    return hyper.number(1);
  }

  /** First walk: the second moment, and the weights' squares if they are asked for. */
  final void moments(int part, int worker) {
    Scratch s = scratch[worker];
    double sum = 0;
    for (int row = rows.from(part); row < rows.to(part); row++) {
      int n = rows.size(row);
      if (op.relative()) {
        w.load(rows.at(row), s.w, n);
        sum += loops.dot(s.w, s.w, loops.padded(n), s.spare);
      }
      grad.load(rows.at(row), s.u, n);
      squares(s.u, s.v, scale.number(0), loops.padded(n));
      moment(part, row, s, n);
    }
    weights[part] = sum;
  }

  /** Takes a row's squared gradients, which are in v. */
  void moment(int part, int row, Scratch s, int n) {
    float[] old = s.m;
    first.load(rows.at(row), old, n);
    float share = share();
    average(old, s.v, 1 - share, share, (float) op.eps1(), n);
    first.store(old, rows.at(row), n);
  }

  void momentsDone() {}

  /** Second walk: squares of the direction. */
  final void lengths(int part, int worker) {
    Scratch s = scratch[worker];
    double sum = 0;
    for (int row = rows.from(part); row < rows.to(part); row++) {
      int n = rows.size(row);
      direction(row, s, n);
      sum += loops.dot(s.u, s.u, loops.padded(n), s.spare);
    }
    directions[part] = sum;
  }

  private void direction(int row, Scratch s, int n) {
    grad.load(rows.at(row), s.u, n);
    divide(row, s, n, scale.number(0));
    Arrays.fill(s.u, n, loops.padded(n), 0);
  }

  /** {@code u = scale u / sqrt(v)} for one row. */
  void divide(int row, Scratch s, int n, float by) {
    first.load(rows.at(row), s.v, n);
    divide(s.u, s.v, by, n);
  }

  final void lengthsDone() {
    rate = hyper.number(0) * (float) op.lrScale();
    if (op.relative()) {
      rate *= Math.max((float) op.eps2(), rms(weights));
    }
    clipped = rate / Math.max(1, rms(directions) / (float) op.clip());
  }

  private float rms(double[] squares) {
    double sum = 0;
    for (double part : squares) {
      sum += part;
    }
    return (float) Math.sqrt(sum / (double) rows.elements());
  }

  /** Third walk: the step. */
  final void steps(int part, int worker) {
    Scratch s = scratch[worker];
    float decay = (float) op.decay() * rate;
    float beta = (float) op.beta1();
    for (int row = rows.from(part); row < rows.to(part); row++) {
      int n = rows.size(row);
      direction(row, s, n);
      w.load(rows.at(row), s.w, n);
      if (beta == 0) {
        step(s.w, s.u, clipped, decay, n);
      } else {
        m.load(rows.at(row), s.m, n);
        average(s.m, s.u, beta, (float) (1 - op.beta1()) * clipped, 0, n);
        m.store(s.m, rows.at(row), n);
        step(s.w, s.m, 1, decay, n);
      }
      w.store(s.w, rows.at(row), n);
      if (op.copy()) {
        copy.store(s.w, rows.at(row), n);
      }
    }
  }

  private static void squares(float[] g, float[] v, float scale, int n) {
    for (int i = 0; i < n; i++) {
      float scaled = g[i] * scale;
      v[i] = scaled * scaled;
    }
  }

  /** {@code y = decay y + share (x + eps)}. */
  private static void average(float[] y, float[] x, float decay, float share, float eps, int n) {
    for (int i = 0; i < n; i++) {
      y[i] = y[i] * decay + (x[i] + eps) * share;
    }
  }

  private static void divide(float[] u, float[] v, float by, int n) {
    for (int i = 0; i < n; i++) {
      u[i] = u[i] * by / (float) Math.sqrt(v[i]);
    }
  }

  private static void step(float[] w, float[] u, float factor, float decay, int n) {
    for (int i = 0; i < n; i++) {
      w[i] = w[i] - u[i] * factor - w[i] * decay;
    }
  }
}

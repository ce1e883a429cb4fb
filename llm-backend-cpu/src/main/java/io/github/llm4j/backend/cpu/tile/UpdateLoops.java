package io.github.llm4j.backend.cpu.tile;

import io.github.llm4j.api.op.Descend;
import io.github.llm4j.api.op.Lion;
import io.github.llm4j.api.op.Sgd;

/** Formulas of updates, so simple that the compiler makes vectors of the plain loops. */
final class UpdateLoops {
  private UpdateLoops() {}

  /** Arenas w, b, grad, or w, grad without momentum; numbers lr, scale. */
  static SpanKernel.Formula sgd(Sgd op) {
    float momentum = (float) op.momentum();
    float own = op.nesterov() ? 1 : 0; // share of the gradient itself in the step
    float ahead = op.nesterov() ? momentum : 1;
    boolean apart = op.decoupled();
    return (t, numbers, decay, lrScale, n) -> {
      float rate = numbers[0] * lrScale;
      float coupled = apart ? 0 : decay;
      float decoupled = apart ? decay : 0;
      if (momentum == 0) {
        descend(t[0], t[1], numbers[1], rate, decay, n);
      } else {
        gather(t[0], t[1], t[2], numbers[1], coupled, momentum, n);
        follow(t[0], t[1], t[2], own, ahead, decoupled, rate, n);
      }
    };
  }

  /** {@code w -= rate (factor u + decay w)}. */
  private static void descend(float[] w, float[] u, float factor, float rate, float decay, int n) {
    for (int i = 0; i < n; i++) {
      w[i] = w[i] - (u[i] * factor + w[i] * decay) * rate;
    }
  }

  /** {@code g = scale g + decay w, b = momentum b + g}. */
  private static void gather(
      float[] w, float[] b, float[] g, float scale, float decay, float momentum, int n) {
    for (int i = 0; i < n; i++) {
      float d = g[i] * scale + w[i] * decay;
      g[i] = d;
      b[i] = b[i] * momentum + d;
    }
  }

  /** {@code w -= rate (own g + ahead b + decay w)}. */
  private static void follow(
      float[] w, float[] b, float[] g, float own, float ahead, float decay, float rate, int n) {
    for (int i = 0; i < n; i++) {
      float d = g[i] * own + b[i] * ahead;
      w[i] = w[i] - (d + w[i] * decay) * rate;
    }
  }

  /** Arenas w, m, grad; numbers lr, scale. */
  static SpanKernel.Formula lion(Lion op) {
    float beta1 = (float) op.beta1();
    float rest1 = (float) (1 - op.beta1());
    float beta2 = (float) op.beta2();
    float rest2 = (float) (1 - op.beta2());
    return (t, numbers, decay, lrScale, n) -> {
      float scale = numbers[1];
      signs(t[0], t[1], t[2], beta1, rest1 * scale, decay, numbers[0] * lrScale, n);
      average(t[1], t[2], beta2, rest2 * scale, n);
    };
  }

  private static void signs(
      float[] w, float[] m, float[] g, float beta, float rest, float decay, float rate, int n) {
    for (int i = 0; i < n; i++) {
      float sign = Math.signum(m[i] * beta + g[i] * rest);
      w[i] = w[i] - (sign + w[i] * decay) * rate;
    }
  }

  /** {@code y = decay y + rest x}. */
  private static void average(float[] y, float[] x, float decay, float rest, int n) {
    for (int i = 0; i < n; i++) {
      y[i] = y[i] * decay + x[i] * rest;
    }
  }

  /** Arenas y, x; numbers share, scale. */
  static SpanKernel.Formula movingAverage() {
    return (t, numbers, decay, lrScale, n) -> approach(t[0], t[1], numbers[0], numbers[1], n);
  }

  /** {@code y += share (scale x - y)}. */
  private static void approach(float[] y, float[] x, float share, float scale, int n) {
    for (int i = 0; i < n; i++) {
      y[i] = y[i] + (x[i] * scale - y[i]) * share;
    }
  }

  /** Arenas w, u; number rate. */
  static SpanKernel.Formula descend(Descend op) {
    float factor = (float) op.factor();
    return (t, numbers, decay, lrScale, n) -> descend(t[0], t[1], factor, numbers[0], decay, n);
  }
}

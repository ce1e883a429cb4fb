package io.github.llm4j.backend.cpu.arrays;

import io.github.llm4j.api.op.Exp;
import io.github.llm4j.api.op.Gelu;
import io.github.llm4j.api.op.GeluGrad;
import io.github.llm4j.api.op.Op;
import io.github.llm4j.api.op.SwiGlu;
import io.github.llm4j.api.op.SwiGluGrad;
import io.github.llm4j.backend.cpu.tile.ElementLoop;
import io.github.llm4j.backend.cpu.tile.PlainLoops;
import org.jspecify.annotations.Nullable;

/** Formulas of element-wise ops over tiles, each exponential in a pass of its own. */
final class ElementLoops {
  private static final float C = (float) Math.sqrt(2 / Math.PI);
  private static final float CUBE = 0.044715f;

  private ElementLoops() {}

  static @Nullable ElementLoop of(Op op) {
    return switch (op) {
      case Exp exp -> ElementLoops::exp;
      case Gelu gelu -> gelu.tanh() ? ElementLoops::geluTanh : NormalShare::gelu;
      case GeluGrad grad -> grad.tanh() ? ElementLoops::geluTanhGrad : NormalShare::geluGrad;
      case SwiGlu swiGlu -> ElementLoops::swiGlu;
      case SwiGluGrad grad -> ElementLoops::swiGluGrad;
      default -> PlainLoops.of(op);
    };
  }

  private static void exp(float[][] in, float[][] out, int n) {
    System.arraycopy(in[0], 0, out[0], 0, n);
    Exponential.ofTile(out[0], 0, n, Scratch.get());
  }

  private static void geluTanh(float[][] in, float[][] out, int n) {
    minusTwiceInner(in[0], out[0], n);
    Exponential.ofTile(out[0], 0, n, Scratch.get());
    gated(in[0], out[0], n);
  }

  /** With {@code (1 + tanh u) / 2 = 1 / (1 + e^(-2 u))}: {@code y = -2 u}. */
  private static void minusTwiceInner(float[] x, float[] y, int n) {
    for (int i = 0; i < n; i++) {
      float v = x[i];
      y[i] = -v * Math.fma(v * v, 2 * C * CUBE, 2 * C);
    }
  }

  /** {@code e = x / (1 + e)}. */
  private static void gated(float[] x, float[] e, int n) {
    for (int i = 0; i < n; i++) {
      e[i] = x[i] / (1 + e[i]);
    }
  }

  private static void geluTanhGrad(float[][] in, float[][] out, int n) {
    minusTwiceInner(in[0], out[0], n);
    Exponential.ofTile(out[0], 0, n, Scratch.get());
    geluSlope(in[0], in[1], out[0], n);
  }

  private static void geluSlope(float[] x, float[] dy, float[] e, int n) {
    for (int i = 0; i < n; i++) {
      float v = x[i];
      float gate = 1 / (1 + e[i]);
      float inner = Math.fma(v * v, 6 * CUBE * C, 2 * C);
      float slope = (gate - gate * gate) * inner;
      e[i] = Math.fma(v, slope, gate) * dy[i];
    }
  }

  private static void swiGlu(float[][] in, float[][] out, int n) {
    negate(in[0], out[0], n);
    Exponential.ofTile(out[0], 0, n, Scratch.get());
    gatedProduct(in[0], in[1], out[0], n);
  }

  private static void negate(float[] x, float[] y, int n) {
    for (int i = 0; i < n; i++) {
      y[i] = -x[i];
    }
  }

  private static void gatedProduct(float[] gate, float[] up, float[] e, int n) {
    for (int i = 0; i < n; i++) {
      e[i] = gate[i] / (1 + e[i]) * up[i];
    }
  }

  private static void swiGluGrad(float[][] in, float[][] out, int n) {
    negate(in[0], out[0], n);
    Exponential.ofTile(out[0], 0, n, Scratch.get());
    swiGluSlopes(in[0], in[1], in[2], out[0], out[1], n);
  }

  private static void swiGluSlopes(
      float[] gate, float[] up, float[] dy, float[] e, float[] dUp, int n) {
    for (int i = 0; i < n; i++) {
      float s = 1 / (1 + e[i]);
      float silu = gate[i] * s;
      float slope = Math.fma(silu, 1 - s, s);
      e[i] = dy[i] * up[i] * slope;
      dUp[i] = dy[i] * silu;
    }
  }
}

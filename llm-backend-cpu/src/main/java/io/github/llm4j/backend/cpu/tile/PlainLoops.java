package io.github.llm4j.backend.cpu.tile;

import io.github.llm4j.api.op.Add;
import io.github.llm4j.api.op.Cast;
import io.github.llm4j.api.op.Max;
import io.github.llm4j.api.op.Mul;
import io.github.llm4j.api.op.Op;
import io.github.llm4j.api.op.Reciprocal;
import io.github.llm4j.api.op.Rsqrt;
import io.github.llm4j.api.op.Scale;
import org.jspecify.annotations.Nullable;

/** Formulas so simple that the compiler makes vectors of the plain loop; for every rung. */
public final class PlainLoops {
  private PlainLoops() {}

  /** The formula of an op, if it is here. */
  public static @Nullable ElementLoop of(Op op) {
    return switch (op) {
      case Add add -> PlainLoops::add;
      case Mul mul -> PlainLoops::mul;
      case Max max -> PlainLoops::max;
      case Scale scale -> scale(scale.factor(), scale.offset());
      case Cast cast when Operand.knows(cast.to()) -> PlainLoops::copy;
      case Rsqrt rsqrt -> PlainLoops::rsqrt;
      case Reciprocal reciprocal -> PlainLoops::reciprocal;
      default -> null;
    };
  }

  private static void add(float[][] in, float[][] out, int n) {
    float[] a = in[0];
    float[] b = in[1];
    float[] y = out[0];
    for (int i = 0; i < n; i++) {
      y[i] = a[i] + b[i];
    }
  }

  private static void mul(float[][] in, float[][] out, int n) {
    float[] a = in[0];
    float[] b = in[1];
    float[] y = out[0];
    for (int i = 0; i < n; i++) {
      y[i] = a[i] * b[i];
    }
  }

  private static void max(float[][] in, float[][] out, int n) {
    float[] a = in[0];
    float[] b = in[1];
    float[] y = out[0];
    for (int i = 0; i < n; i++) {
      y[i] = Math.max(a[i], b[i]);
    }
  }

  private static void copy(float[][] in, float[][] out, int n) {
    System.arraycopy(in[0], 0, out[0], 0, n);
  }

  private static ElementLoop scale(double factor, double offset) {
    float f = (float) factor;
    float o = (float) offset;
    return (in, out, n) -> affine(in[0], out[0], n, f, o);
  }

  private static void affine(float[] x, float[] y, int n, float factor, float offset) {
    for (int i = 0; i < n; i++) {
      y[i] = Math.fma(factor, x[i], offset);
    }
  }

  private static void reciprocal(float[][] in, float[][] out, int n) {
    float[] x = in[0];
    float[] y = out[0];
    for (int i = 0; i < n; i++) {
      y[i] = 1 / x[i];
    }
  }

  private static void rsqrt(float[][] in, float[][] out, int n) {
    float[] x = in[0];
    float[] y = out[0];
    for (int i = 0; i < n; i++) {
      y[i] = 1 / (float) Math.sqrt(x[i]);
    }
  }
}

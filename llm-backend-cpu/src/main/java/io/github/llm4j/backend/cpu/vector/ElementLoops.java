package io.github.llm4j.backend.cpu.vector;

import jdk.incubator.vector.FloatVector;

/** Formulas of element-wise ops over tiles. */
final class ElementLoops {
  private static final float C = (float) Math.sqrt(2 / Math.PI);
  private static final float CUBE = 0.044715f;
  private static final float BELL = (float) (1 / Math.sqrt(2 * Math.PI));

  private ElementLoops() {}

  static void exp(float[][] in, float[][] out, int n) {
    for (int i = 0; i < n; i += Lanes.N) {
      Functions.exp(FloatVector.fromArray(Lanes.F, in[0], i)).intoArray(out[0], i);
    }
  }

  static void tanh(float[][] in, float[][] out, int n) {
    for (int i = 0; i < n; i += Lanes.N) {
      Functions.tanh(FloatVector.fromArray(Lanes.F, in[0], i)).intoArray(out[0], i);
    }
  }

  static void erf(float[][] in, float[][] out, int n) {
    for (int i = 0; i < n; i += Lanes.N) {
      Functions.erf(FloatVector.fromArray(Lanes.F, in[0], i)).intoArray(out[0], i);
    }
  }

  /** {@code (1 + tanh u) / 2 = sigmoid(2 u)}. */
  private static FloatVector gate(FloatVector x) {
    FloatVector cube = x.mul(x).mul(2 * C * CUBE).add(2 * C);
    return Functions.sigmoid(x.mul(cube));
  }

  static void geluTanh(float[][] in, float[][] out, int n) {
    for (int i = 0; i < n; i += Lanes.N) {
      FloatVector x = FloatVector.fromArray(Lanes.F, in[0], i);
      x.mul(gate(x)).intoArray(out[0], i);
    }
  }

  /** e^(-x^2 / 2), in a loop of its own: with the rest, the compiler would box its vectors. */
  private static void bells(float[] x, float[] y, int n) {
    for (int i = 0; i < n; i += Lanes.N) {
      FloatVector v = FloatVector.fromArray(Lanes.F, x, i);
      Functions.exp(v.mul(v).mul(-0.5f)).intoArray(y, i);
    }
  }

  static void geluErf(float[][] in, float[][] out, int n) {
    bells(in[0], out[0], n);
    geluOfBells(in[0], out[0], n);
  }

  private static void geluOfBells(float[] in, float[] out, int n) {
    for (int i = 0; i < n; i += Lanes.N) {
      FloatVector x = FloatVector.fromArray(Lanes.F, in, i);
      x.mul(Functions.phi(x, FloatVector.fromArray(Lanes.F, out, i))).intoArray(out, i);
    }
  }

  static void geluTanhGrad(float[][] in, float[][] out, int n) {
    for (int i = 0; i < n; i += Lanes.N) {
      FloatVector x = FloatVector.fromArray(Lanes.F, in[0], i);
      FloatVector gate = gate(x);
      FloatVector inner = x.mul(x).mul(6 * CUBE * C).add(2 * C);
      FloatVector slope = gate.sub(gate.mul(gate)).mul(inner);
      FloatVector dy = FloatVector.fromArray(Lanes.F, in[1], i);
      x.fma(slope, gate).mul(dy).intoArray(out[0], i);
    }
  }

  static void geluErfGrad(float[][] in, float[][] out, int n) {
    bells(in[0], out[0], n);
    slopesOfBells(in[0], in[1], out[0], n);
  }

  private static void slopesOfBells(float[] in, float[] dy, float[] out, int n) {
    for (int i = 0; i < n; i += Lanes.N) {
      FloatVector x = FloatVector.fromArray(Lanes.F, in, i);
      FloatVector bell = FloatVector.fromArray(Lanes.F, out, i);
      FloatVector slope = x.fma(bell.mul(BELL), Functions.phi(x, bell));
      slope.mul(FloatVector.fromArray(Lanes.F, dy, i)).intoArray(out, i);
    }
  }

  static void swiGlu(float[][] in, float[][] out, int n) {
    for (int i = 0; i < n; i += Lanes.N) {
      FloatVector gate = FloatVector.fromArray(Lanes.F, in[0], i);
      FloatVector up = FloatVector.fromArray(Lanes.F, in[1], i);
      gate.mul(Functions.sigmoid(gate)).mul(up).intoArray(out[0], i);
    }
  }

  static void swiGluGrad(float[][] in, float[][] out, int n) {
    for (int i = 0; i < n; i += Lanes.N) {
      FloatVector gate = FloatVector.fromArray(Lanes.F, in[0], i);
      FloatVector up = FloatVector.fromArray(Lanes.F, in[1], i);
      FloatVector dy = FloatVector.fromArray(Lanes.F, in[2], i);
      FloatVector s = Functions.sigmoid(gate);
      FloatVector silu = gate.mul(s);
      FloatVector slope = silu.mul(s.neg().add(1f)).add(s);
      dy.mul(up).mul(slope).intoArray(out[0], i);
      dy.mul(silu).intoArray(out[1], i);
    }
  }
}

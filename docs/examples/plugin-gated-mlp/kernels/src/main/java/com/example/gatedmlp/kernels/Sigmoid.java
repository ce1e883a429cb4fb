package com.example.gatedmlp.kernels;

/**
 * {@code 1 / (1 + e^-x)} over arrays. The exponential is a power of two and a polynomial of the
 * rest, in multiply-adds alone: {@code Math.exp} may give other bits once the compiler replaces it.
 */
final class Sigmoid {
  private static final float LOG2_E = 1.442695f;

  /** ln 2 in two parts, of which the first has few bits, so that its multiples are exact. */
  private static final float LN2_HIGH = 0.693359375f;

  private static final float LN2_LOW = -2.1219444e-4f;

  private Sigmoid() {}

  static void of(float[] x, float[] y, int n) {
    for (int i = 0; i < n; i++) {
      float in = Math.clamp(-x[i], -87f, 88f);
      float whole = (float) Math.rint(in * LOG2_E);
      float r = Math.fma(whole, -LN2_LOW, Math.fma(whole, -LN2_HIGH, in)); // within ln 2 / 2
      float p = 1f / 5040;
      p = Math.fma(p, r, 1f / 720);
      p = Math.fma(p, r, 1f / 120);
      p = Math.fma(p, r, 1f / 24);
      p = Math.fma(p, r, 1f / 6);
      p = Math.fma(p, r, 0.5f);
      p = Math.fma(p, r, 1f);
      p = Math.fma(p, r, 1f);
      y[i] = 1 / (1 + p * Float.intBitsToFloat(((int) whole + 127) << 23));
    }
  }
}

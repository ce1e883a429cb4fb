package io.github.llm4j.backend.cpu.arrays;

/**
 * {@code e^x} of a tile by a polynomial and a power of two, to a relative error of about 1e-7: 0
 * below -87, infinite above 88.73, the same bits interpreted and compiled.
 */
final class Exponential {
  private static final float LOG2_E = 1.442695f;

  /** ln 2, of which the first part has few bits, so that its multiples are exact. */
  private static final float LN2_HIGH = 0x1.63p-1f;

  private static final float LN2_LOW = -2.12194440e-4f;

  /** Adding it to a small number rounds that to an integer. */
  private static final float ROUND = 12582912f;

  private Exponential() {}

  /**
   * {@code x = e^(x - shift)} for {@code n} elements from {@code at} on. They are computed where
   * arrays begin: the compiler makes vectors of a loop that writes only if it knows that the places
   * that it reads aren't shifted against those.
   */
  static void of(float[] x, int at, float shift, int n, Scratch scratch) {
    for (int i = 0; i < n; i += Scratch.SIZE) {
      int size = Math.min(Scratch.SIZE, n - i);
      System.arraycopy(x, at + i, scratch.c, 0, size);
      ofTile(scratch.c, shift, size, scratch);
      System.arraycopy(scratch.c, 0, x, at + i, size);
    }
  }

  /** {@code x = e^(x - shift)} for the first {@code n} elements, at most a tile. */
  static void ofTile(float[] x, float shift, int n, Scratch scratch) {
    reduce(x, shift, scratch.bits, n);
    scratch.bitsTo(scratch.d, 0, n);
    scale(x, scratch.d, n);
  }

  /** Polynomial of the rest; the bits are those of half the power of two. */
  private static void reduce(float[] x, float shift, int[] bits, int n) {
    for (int i = 0; i < n; i++) {
      float in = Math.min(Math.max(x[i] - shift, -87.6f), 89f);
      float whole = Math.fma(in, LOG2_E, ROUND) - ROUND;
      float r = Math.fma(whole, -LN2_LOW, Math.fma(whole, -LN2_HIGH, in));
      float p = Math.fma(0.0013751382142f, r, 0.0083689234272f);
      p = Math.fma(p, r, 0.0416695342250f);
      p = Math.fma(p, r, 0.1666651840108f);
      p = Math.fma(p, r, 0.4999998858840f);
      x[i] = Math.fma(p, r * r, r) + 1;
      bits[i] = ((int) whole + 126) << 23;
    }
  }

  private static void scale(float[] x, float[] power, int n) {
    for (int i = 0; i < n; i++) {
      x[i] = x[i] * power[i] * 2;
    }
  }
}

package io.github.llm4j.backend.cpu.arrays;

/** GELU by the share of a normal distribution below x, with the vector rung's polynomial. */
final class NormalShare {
  private static final float BELL = (float) (1 / Math.sqrt(2 * Math.PI));

  private NormalShare() {}

  static void gelu(float[][] in, float[][] out, int n) {
    Scratch scratch = Scratch.get();
    bells(in[0], scratch.a, n, scratch);
    shares(in[0], scratch.a, out[0], n);
    multiply(in[0], out[0], n);
  }

  static void geluGrad(float[][] in, float[][] out, int n) {
    Scratch scratch = Scratch.get();
    bells(in[0], scratch.a, n, scratch);
    shares(in[0], scratch.a, out[0], n);
    slopes(in[0], scratch.a, in[1], out[0], n);
  }

  private static void bells(float[] x, float[] y, int n, Scratch scratch) {
    for (int i = 0; i < n; i++) {
      y[i] = -0.5f * (x[i] * x[i]);
    }
    Exponential.ofTile(y, 0, n, scratch);
  }

  /**
   * {@code y = phi(x)}: half of {@code erfc} of the magnitude by a polynomial in {@code t = 1 / (1
   * + 0.4 |x| / sqrt 2)}, taken from 1 where x is positive. That choice is a factor of 0 or 1,
   * since a branch is not made into vectors.
   */
  private static void shares(float[] x, float[] bell, float[] y, int n) {
    for (int i = 0; i < n; i++) {
      float t = 1 / Math.fma(Math.abs(x[i]), 0.4f * 0.70710677f, 1);
      float p = Math.fma(-0.0294753591688f, t, 0.1971645949751f);
      p = Math.fma(p, t, -0.4963195440838f);
      p = Math.fma(p, t, 0.5434264246878f);
      p = Math.fma(p, t, -0.2804465930485f);
      p = Math.fma(p, t, 0.2696427542509f);
      p = Math.fma(p, t, 0.1306279307901f);
      p = Math.fma(p, t, 0.2146925731195f);
      p = Math.fma(p, t, 0.2249819884194f);
      p = Math.fma(p, t, 0.2257052366542f);
      float tail = 0.5f * (p * t * bell[i]);
      float positive = Math.max(0, Math.min(1, x[i] * 1e30f));
      y[i] = Math.fma(positive, 1 - 2 * tail, tail);
    }
  }

  private static void multiply(float[] x, float[] y, int n) {
    for (int i = 0; i < n; i++) {
      y[i] *= x[i];
    }
  }

  private static void slopes(float[] x, float[] bell, float[] dy, float[] y, int n) {
    for (int i = 0; i < n; i++) {
      y[i] = Math.fma(x[i], bell[i] * BELL, y[i]) * dy[i];
    }
  }
}

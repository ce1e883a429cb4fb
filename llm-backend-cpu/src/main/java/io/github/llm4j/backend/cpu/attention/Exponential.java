package io.github.llm4j.backend.cpu.attention;

/**
 * {@code e^x} for x at most 0, with the same bits interpreted and compiled, in vectors and alone:
 * {@code x = n ln 2 + r}, a polynomial in r, and n into the exponent. Below -87 it is 0.
 *
 * <p>The polynomial is Cephes' for single precision (Moshier 1984): relative error under 2^-23.
 */
final class Exponential {
  static final float LOG2E = 1.44269504f;
  static final float LN2_HIGH = 0.693359375f;
  static final float LN2_LOW = -2.12194440e-4f;

  /** Adding it leaves the nearest integer in the low bits of the sum. */
  static final float ROUND = 12582912f;

  static final float LEAST = -87f;
  static final float P0 = 1.9875691500e-4f;
  static final float P1 = 1.3981999507e-3f;
  static final float P2 = 8.3334519073e-3f;
  static final float P3 = 4.1665795894e-2f;
  static final float P4 = 1.6666665459e-1f;
  static final float P5 = 5.0000001201e-1f;

  private Exponential() {}

  static float of(float x) {
    if (x < LEAST) {
      return 0;
    }
    float shifted = x * LOG2E + ROUND;
    float n = shifted - ROUND;
    float r = Math.fma(n, -LN2_LOW, Math.fma(n, -LN2_HIGH, x));
    float p = Math.fma(r, P0, P1);
    p = Math.fma(p, r, P2);
    p = Math.fma(p, r, P3);
    p = Math.fma(p, r, P4);
    p = Math.fma(p, r, P5);
    p = Math.fma(p, r * r, r) + 1;
    return p * Float.intBitsToFloat(Float.floatToRawIntBits(shifted) + 127 << 23);
  }
}

package io.github.llm4j.backend.cpu.attention;

import io.github.llm4j.backend.cpu.product.Tiles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * {@code e^x} for x at most 0, with the same bits interpreted and compiled, in vectors and alone:
 * {@code x = n ln 2 + r}, a polynomial in r, and n into the exponent. Below -87 it is 0.
 *
 * <p>The polynomial is Cephes' for single precision (Moshier 1984): relative error under 2^-23.
 */
final class Exponential {
  private static final float LOG2E = 1.44269504f;
  private static final float LN2_HIGH = 0.693359375f;
  private static final float LN2_LOW = -2.12194440e-4f;

  /** Adding it leaves the nearest integer in the low bits of the sum. */
  private static final float ROUND = 12582912f;

  private static final float LEAST = -87f;
  private static final float P0 = 1.9875691500e-4f;
  private static final float P1 = 1.3981999507e-3f;
  private static final float P2 = 8.3334519073e-3f;
  private static final float P3 = 4.1665795894e-2f;
  private static final float P4 = 1.6666665459e-1f;
  private static final float P5 = 5.0000001201e-1f;

  private Exponential() {}

  static FloatVector of(FloatVector x) {
    VectorMask<Float> tiny = x.compare(VectorOperators.LT, LEAST);
    FloatVector safe = x.blend(LEAST, tiny);
    FloatVector shifted = safe.mul(LOG2E).add(ROUND);
    FloatVector n = shifted.sub(ROUND);
    FloatVector r = n.fma(broadcast(-LN2_HIGH), safe);
    r = n.fma(broadcast(-LN2_LOW), r);
    FloatVector p = r.fma(broadcast(P0), broadcast(P1));
    p = p.fma(r, broadcast(P2));
    p = p.fma(r, broadcast(P3));
    p = p.fma(r, broadcast(P4));
    p = p.fma(r, broadcast(P5));
    p = p.fma(r.mul(r), r).add(1f);
    IntVector exponent = shifted.reinterpretAsInts().add(127).lanewise(VectorOperators.LSHL, 23);
    return p.mul(exponent.reinterpretAsFloats()).blend(0f, tiny);
  }

  private static FloatVector broadcast(float value) {
    return FloatVector.broadcast(Tiles.SPECIES, value);
  }

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

package io.github.llm4j.backend.cpu.vector;

import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/**
 * Functions of whole vectors by our own polynomials, fitted to a relative error of about 1e-8 and
 * evaluated with fused multiply-adds: the same bits interpreted and compiled.
 */
final class Functions {
  private static final float LOG2_E = 1.442695f;

  /** ln 2, of which the first part has few bits, so that its multiples are exact. */
  private static final float LN2_HIGH = 0x1.63p-1f;

  private static final float LN2_LOW = -2.12194440e-4f;

  /** Adding it to a small number rounds that to an integer, kept in the low bits. */
  private static final float ROUND = 12582912f;

  private static final int ROUND_BITS = 0x4B400000;

  private Functions() {}

  private static FloatVector all(double value) {
    return FloatVector.broadcast(Lanes.F, (float) value);
  }

  /** {@code e^x}: 0 below -104, infinite above 88.73. */
  static FloatVector exp(FloatVector x) {
    FloatVector in = x.max(-105f).min(89f);
    FloatVector shifted = in.fma(all(LOG2_E), all(ROUND));
    FloatVector n = shifted.sub(ROUND);
    FloatVector r = n.fma(all(-LN2_HIGH), in);
    r = n.fma(all(-LN2_LOW), r);
    FloatVector p = all(0.0013751382142);
    p = p.fma(r, all(0.0083689234272));
    p = p.fma(r, all(0.0416695342250));
    p = p.fma(r, all(0.1666651840108));
    p = p.fma(r, all(0.4999998858840));
    FloatVector y = p.fma(r.mul(r), r).add(1f);
    // 2^n in two factors, each of which is a normal number
    IntVector whole = shifted.reinterpretAsInts().sub(ROUND_BITS);
    IntVector half = whole.lanewise(ASHR, 1);
    return y.mul(power(half)).mul(power(whole.sub(half)));
  }

  private static FloatVector power(IntVector n) {
    return n.add(127).lanewise(LSHL, 23).reinterpretAsFloats();
  }

  /** {@code 1 / (1 + e^-x)}. */
  static FloatVector sigmoid(FloatVector x) {
    return all(1).div(exp(x.neg()).add(1f));
  }

  /** The hyperbolic tangent. */
  static FloatVector tanh(FloatVector x) {
    FloatVector z = x.mul(x);
    FloatVector p = all(-0.0056349889477);
    p = p.fma(z, all(0.0205763980144));
    p = p.fma(z, all(-0.0537204035140));
    p = p.fma(z, all(0.1333120752524));
    p = p.fma(z, all(-0.3333327298329));
    FloatVector near = p.mul(z).fma(x, x);
    FloatVector size = x.abs();
    FloatVector far = all(1).sub(all(2).div(exp(size.add(size)).add(1f)));
    far = far.blend(far.neg(), x.compare(LT, 0f));
    return near.blend(far, size.compare(GE, 0.625f));
  }

  /** The error function. */
  static FloatVector erf(FloatVector x) {
    FloatVector z = x.mul(x);
    FloatVector p = all(7.847259116697e-5);
    p = p.fma(z, all(-0.0008008188320));
    p = p.fma(z, all(0.0051880988891));
    p = p.fma(z, all(-0.0268536910996));
    p = p.fma(z, all(0.1128358224799));
    p = p.fma(z, all(-0.3761262556740));
    p = p.fma(z, all(1.1283791656893));
    FloatVector size = x.abs();
    FloatVector far = all(1).sub(erfcOfPositive(size, exp(z.neg())));
    far = far.blend(far.neg(), x.compare(LT, 0f));
    return p.mul(x).blend(far, size.compare(GE, 1f));
  }

  /** {@code 1 - erf(x)} for x of 0 or more, in {@code t = 1 / (1 + 0.4 x)}. */
  static FloatVector erfcOfPositive(FloatVector x, FloatVector expOfMinusSquare) {
    FloatVector t = all(1).div(x.fma(all(0.4), all(1)));
    FloatVector p = all(-0.0294753591688);
    p = p.fma(t, all(0.1971645949751));
    p = p.fma(t, all(-0.4963195440838));
    p = p.fma(t, all(0.5434264246878));
    p = p.fma(t, all(-0.2804465930485));
    p = p.fma(t, all(0.2696427542509));
    p = p.fma(t, all(0.1306279307901));
    p = p.fma(t, all(0.2146925731195));
    p = p.fma(t, all(0.2249819884194));
    p = p.fma(t, all(0.2257052366542));
    return p.mul(t).mul(expOfMinusSquare);
  }

  /** The share of a normal distribution below x, given {@code e^(-x^2 / 2)}. */
  static FloatVector phi(FloatVector x, FloatVector bell) {
    FloatVector tail = erfcOfPositive(x.abs().mul(0.70710677f), bell).mul(0.5f);
    return tail.blend(all(1).sub(tail), x.compare(GE, 0f));
  }
}

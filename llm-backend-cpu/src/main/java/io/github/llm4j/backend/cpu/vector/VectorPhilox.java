package io.github.llm4j.backend.cpu.vector;

import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.XOR;

import io.github.llm4j.api.random.Philox;
import io.github.llm4j.backend.cpu.tile.Uniforms;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorSpecies;

/** {@link Philox} over neighbouring counters at once: the same words. */
public final class VectorPhilox implements Uniforms {
  private static final VectorSpecies<Long> L = LongVector.SPECIES_PREFERRED;
  private static final long LOW = 0xFFFFFFFFL;

  private final long[] c0;
  private final long[] c1;
  private final long[] c2;
  private final long[] c3;
  private final float[] u;
  private final long[] iota = new long[L.length()];

  /**
   * Room for tiles of this size.
   *
   * @param tile a multiple of 4 times the vector's length
   */
  public VectorPhilox(int tile) {
    c0 = new long[tile / 4];
    c1 = new long[tile / 4];
    c2 = new long[tile / 4];
    c3 = new long[tile / 4];
    u = new float[tile];
    for (int i = 0; i < iota.length; i++) {
      iota[i] = i;
    }
  }

  @Override
  public float[] uniform(long seed, int key, int step, int row, long from, int n) {
    int k0 = (int) seed ^ (int) (seed >>> 32);
    for (int i = 0; 4 * i < n; i += L.length()) {
      words(k0, key, step, row, (from >>> 2) + i, i);
    }
    for (int i = 0; 4 * i < n; i++) {
      u[4 * i] = Philox.uniform((int) c0[i]);
      u[4 * i + 1] = Philox.uniform((int) c1[i]);
      u[4 * i + 2] = Philox.uniform((int) c2[i]);
      u[4 * i + 3] = Philox.uniform((int) c3[i]);
    }
    return u;
  }

  private void words(int k0, int k1, int step, int row, long block, int at) {
    LongVector blocks = LongVector.fromArray(L, iota, 0).add(block);
    LongVector a = LongVector.broadcast(L, step & LOW);
    LongVector b = LongVector.broadcast(L, row & LOW);
    LongVector c = blocks.and(LOW);
    LongVector d = blocks.lanewise(LSHR, 32);
    for (int round = 0; round < 10; round++) {
      LongVector p0 = a.mul(Philox.M0 & LOW);
      LongVector p1 = c.mul(Philox.M1 & LOW);
      a = p1.lanewise(LSHR, 32).lanewise(XOR, b).lanewise(XOR, k0 & LOW);
      b = p1.and(LOW);
      c = p0.lanewise(LSHR, 32).lanewise(XOR, d).lanewise(XOR, k1 & LOW);
      d = p0.and(LOW);
      k0 += Philox.W0;
      k1 += Philox.W1;
    }
    a.intoArray(c0, at);
    b.intoArray(c1, at);
    c.intoArray(c2, at);
    d.intoArray(c3, at);
  }
}

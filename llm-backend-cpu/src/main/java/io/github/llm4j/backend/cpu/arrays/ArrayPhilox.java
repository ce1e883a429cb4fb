package io.github.llm4j.backend.cpu.arrays;

import io.github.llm4j.api.random.Philox;
import io.github.llm4j.backend.cpu.tile.Uniforms;

/** {@link Philox} over neighbouring counters, a round at a time for all of them: the same words. */
final class ArrayPhilox implements Uniforms {
  private static final long LOW = 0xFFFFFFFFL;

  private final long[] c0;
  private final long[] c1;
  private final long[] c2;
  private final long[] c3;
  private final float[] u;

  ArrayPhilox(int tile) {
    c0 = new long[tile / 4];
    c1 = new long[tile / 4];
    c2 = new long[tile / 4];
    c3 = new long[tile / 4];
    u = new float[tile];
  }

  @Override
  public float[] uniform(long seed, int key, int step, int row, long from, int n) {
    int k0 = (int) seed ^ (int) (seed >>> 32);
    int k1 = key;
    int blocks = (n + 3) / 4;
    for (int i = 0; i < blocks; i++) {
      long block = (from >>> 2) + i;
      c0[i] = step & LOW;
      c1[i] = row & LOW;
      c2[i] = block & LOW;
      c3[i] = block >>> 32;
    }
    for (int round = 0; round < 10; round++) {
      round(k0 & LOW, k1 & LOW, c0, c1, c2, c3, blocks);
      k0 += Philox.W0;
      k1 += Philox.W1;
    }
    for (int i = 0; i < blocks; i++) {
      u[4 * i] = Philox.uniform((int) c0[i]);
      u[4 * i + 1] = Philox.uniform((int) c1[i]);
      u[4 * i + 2] = Philox.uniform((int) c2[i]);
      u[4 * i + 3] = Philox.uniform((int) c3[i]);
    }
    return u;
  }

  private static void round(
      long k0, long k1, long[] c0, long[] c1, long[] c2, long[] c3, int blocks) {
    for (int i = 0; i < blocks; i++) {
      long p0 = c0[i] * (Philox.M0 & LOW);
      long p1 = c2[i] * (Philox.M1 & LOW);
      c0[i] = p1 >>> 32 ^ c1[i] ^ k0;
      c1[i] = p1 & LOW;
      c2[i] = p0 >>> 32 ^ c3[i] ^ k1;
      c3[i] = p0 & LOW;
    }
  }
}

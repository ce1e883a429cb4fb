package io.github.llm4j.api.random;

import java.nio.charset.StandardCharsets;

/**
 * Philox4x32-10: 128 random bits as a function of a 64-bit key and a 128-bit counter.
 *
 * <p>In a model the key is (seed, hash of the layer path and name) and the counter (step, row,
 * element), so the same element gets the same bits whatever the threads, the split into
 * micro-batches, fusion or recomputation.
 *
 * <p>Salmon, Moraes, Dror, Shaw 2011, "Parallel Random Numbers: As Easy as 1, 2, 3", section 3.3.
 */
public final class Philox {
  /** Multipliers of the two halves of the counter. */
  public static final int M0 = 0xD2511F53;

  /** Multipliers of the two halves of the counter. */
  public static final int M1 = 0xCD9E8D57;

  /** Weyl increments of the key. */
  public static final int W0 = 0x9E3779B9;

  /** Weyl increments of the key. */
  public static final int W1 = 0xBB67AE85;

  private Philox() {}

  /**
   * Ten rounds over one counter.
   *
   * @param k0 low word of the key
   * @param k1 high word of the key
   * @param counter four words, overwritten by the result
   */
  public static void block(int k0, int k1, int[] counter) {
    int c0 = counter[0];
    int c1 = counter[1];
    int c2 = counter[2];
    int c3 = counter[3];
    for (int round = 0; round < 10; round++) {
      long p0 = (M0 & 0xFFFFFFFFL) * (c0 & 0xFFFFFFFFL);
      long p1 = (M1 & 0xFFFFFFFFL) * (c2 & 0xFFFFFFFFL);
      c0 = (int) (p1 >>> 32) ^ c1 ^ k0;
      c1 = (int) p1;
      c2 = (int) (p0 >>> 32) ^ c3 ^ k1;
      c3 = (int) p0;
      k0 += W0;
      k1 += W1;
    }
    counter[0] = c0;
    counter[1] = c1;
    counter[2] = c2;
    counter[3] = c3;
  }

  /**
   * The word of one element: element {@code e} takes word {@code e % 4} of counter (step, row, e /
   * 4).
   *
   * @param seed the run's seed; its words are mixed, so that neighbouring seeds differ in both
   * @param key hash of the layer path and the name of the draw, from {@link #key}
   * @param step the optimizer step
   * @param row global index along axis 0
   * @param element index within the row
   */
  public static int word(long seed, int key, int step, int row, long element) {
    int[] counter = {step, row, (int) (element >>> 2), (int) (element >>> 34)};
    block((int) seed ^ (int) (seed >>> 32), key, counter);
    return counter[(int) (element & 3)];
  }

  /** Uniform in [0, 1) from the upper 24 bits of a word; exact in single precision. */
  public static float uniform(int word) {
    return (word >>> 8) * 0x1.0p-24f;
  }

  /**
   * Hash of a draw's name: FNV-1a over UTF-8, the same in every process.
   *
   * @param name layer path and name of the draw, as {@code blocks.3.attention/dropout}
   */
  public static int key(String name) {
    int hash = 0x811C9DC5;
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xFF)) * 0x01000193;
    }
    return hash;
  }
}

package io.github.llm4j.backend.cpu.arrays;

import static java.lang.Math.fma;

/**
 * Sums over rows of a multiple of eight elements. The compiler keeps the order of a sum, so eight
 * of them run beside each other and are added as a tree.
 */
final class Reductions {
  private Reductions() {}

  static float sum(float[] x, int n) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    float s4 = 0;
    float s5 = 0;
    float s6 = 0;
    float s7 = 0;
    for (int i = 0; i < n; i += 8) {
      s0 += x[i];
      s1 += x[i + 1];
      s2 += x[i + 2];
      s3 += x[i + 3];
      s4 += x[i + 4];
      s5 += x[i + 5];
      s6 += x[i + 6];
      s7 += x[i + 7];
    }
    return ((s0 + s4) + (s2 + s6)) + ((s1 + s5) + (s3 + s7));
  }

  static float dot(float[] x, float[] y, int n) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    float s4 = 0;
    float s5 = 0;
    float s6 = 0;
    float s7 = 0;
    for (int i = 0; i < n; i += 8) {
      s0 = fma(x[i], y[i], s0);
      s1 = fma(x[i + 1], y[i + 1], s1);
      s2 = fma(x[i + 2], y[i + 2], s2);
      s3 = fma(x[i + 3], y[i + 3], s3);
      s4 = fma(x[i + 4], y[i + 4], s4);
      s5 = fma(x[i + 5], y[i + 5], s5);
      s6 = fma(x[i + 6], y[i + 6], s6);
      s7 = fma(x[i + 7], y[i + 7], s7);
    }
    return ((s0 + s4) + (s2 + s6)) + ((s1 + s5) + (s3 + s7));
  }

  static float max(float[] x, int n) {
    float max = x[0];
    for (int i = 1; i < n; i++) {
      max = Math.max(max, x[i]);
    }
    return max;
  }
}

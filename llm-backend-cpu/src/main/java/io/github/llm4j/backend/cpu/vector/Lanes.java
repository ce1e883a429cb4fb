package io.github.llm4j.backend.cpu.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** The vectors of this machine, and sums over them in an order that never changes. */
final class Lanes {
  static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;
  static final VectorSpecies<Integer> I = IntVector.SPECIES_PREFERRED;

  /** As many shorts as there are floats. */
  static final VectorSpecies<Short> H =
      ShortVector.SPECIES_PREFERRED.withShape(VectorShape.forBitSize(F.vectorBitSize() / 2));

  static final int N = F.length();

  private Lanes() {}

  /** Sum of all lanes, halves upon halves. */
  static float sum(FloatVector v, float[] spare) {
    v.intoArray(spare, 0);
    for (int half = N / 2; half > 0; half /= 2) {
      for (int i = 0; i < half; i++) {
        spare[i] += spare[i + half];
      }
    }
    return spare[0];
  }

  /** Sum of a tile of whole vectors. */
  static float sum(float[] x, int n, float[] spare) {
    FloatVector a = FloatVector.zero(F);
    FloatVector b = a;
    int i = 0;
    for (; i <= n - 2 * N; i += 2 * N) {
      a = a.add(FloatVector.fromArray(F, x, i));
      b = b.add(FloatVector.fromArray(F, x, i + N));
    }
    if (i < n) {
      a = a.add(FloatVector.fromArray(F, x, i));
    }
    return sum(a.add(b), spare);
  }

  /** Sum of products of two tiles of whole vectors. */
  static float dot(float[] x, float[] y, int n, float[] spare) {
    FloatVector a = FloatVector.zero(F);
    FloatVector b = a;
    int i = 0;
    for (; i <= n - 2 * N; i += 2 * N) {
      a = FloatVector.fromArray(F, x, i).fma(FloatVector.fromArray(F, y, i), a);
      b = FloatVector.fromArray(F, x, i + N).fma(FloatVector.fromArray(F, y, i + N), b);
    }
    if (i < n) {
      a = FloatVector.fromArray(F, x, i).fma(FloatVector.fromArray(F, y, i), a);
    }
    return sum(a.add(b), spare);
  }

  /** Largest element of a tile of whole vectors. */
  static float max(float[] x, int n, float[] spare) {
    FloatVector a = FloatVector.fromArray(F, x, 0);
    for (int i = N; i < n; i += N) {
      a = a.max(FloatVector.fromArray(F, x, i));
    }
    a.intoArray(spare, 0);
    float max = spare[0];
    for (int i = 1; i < N; i++) {
      max = Math.max(max, spare[i]);
    }
    return max;
  }

  /** {@code y += a x}, or {@code y += x} with a = 1. */
  static void addScaled(float[] y, float a, float[] x, int n) {
    for (int i = 0; i < n; i += N) {
      FloatVector.fromArray(F, x, i)
          .fma(FloatVector.broadcast(F, a), FloatVector.fromArray(F, y, i))
          .intoArray(y, i);
    }
  }
}

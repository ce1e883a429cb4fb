package io.github.llm4j.backend.cpu.tile;

import java.util.Arrays;

/** Sums over rows, one array a part, added in order of the parts. */
final class Sums {
  private final float[][] parts;
  private final Loops loops;
  private final int n;
  private final float[] spare;

  Sums(Loops loops, int parts, int n) {
    this.parts = new float[parts][loops.padded(n)];
    this.loops = loops;
    this.n = n;
    this.spare = new float[loops.padded(n)];
  }

  /** A part's own sums, zeroed. */
  float[] fresh(int part) {
    Arrays.fill(parts[part], 0);
    return parts[part];
  }

  /** Adds all parts and puts the sums where they belong. */
  void into(Operand y) {
    float[] sum = parts[0];
    for (int p = 1; p < parts.length; p++) {
      loops.addScaled(sum, 1, parts[p], sum.length);
    }
    y.put(sum, 0, n, spare);
  }
}

package io.github.llm4j.backend.cpu.product;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Small products in registers: {@code c [4, W] += sum over k of a [4, k] b [k, W]}, where W is
 * four, two or one vectors. Each is a method of its own with few accumulators: a larger one is no
 * longer inlined whole by the compiler, and becomes a hundred times slower.
 */
public final class VectorTiles implements Tiles {
  /** Shape of the vectors. */
  public static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

  /** Elements of a vector. */
  public static final int LANES = SPECIES.length();

  private static final int BLOCK = 4 * LANES;

  /** Tiles of this machine's vectors. */
  public VectorTiles() {}

  @Override
  public int lanes() {
    return LANES;
  }

  @Override
  public int block() {
    return BLOCK;
  }

  @Override
  public int panel() {
    return 2 * BLOCK;
  }

  @Override
  public void add(
      float[] c,
      int cAt,
      int cRow,
      int rows,
      int columns,
      float[] a,
      int aAt,
      int aRow,
      int aStep,
      float[] b,
      int bAt,
      int bStep,
      int depth) {
    for (int r = 0; r < rows; r += 4) {
      int toC = cAt + r * cRow;
      int fromA = aAt + r * aRow;
      int column = 0;
      for (; column + 4 * LANES <= columns; column += 4 * LANES) {
        four(c, toC + column, cRow, a, fromA, aRow, aStep, b, bAt + column, bStep, depth);
      }
      for (; column + 2 * LANES <= columns; column += 2 * LANES) {
        two(c, toC + column, cRow, a, fromA, aRow, aStep, b, bAt + column, bStep, depth);
      }
      for (; column < columns; column += LANES) {
        one(c, toC + column, cRow, a, fromA, aRow, aStep, b, bAt + column, bStep, depth);
      }
    }
  }

  private static void four(
      float[] c,
      int cAt,
      int cRow,
      float[] a,
      int aAt,
      int aRow,
      int aStep,
      float[] b,
      int bAt,
      int bStep,
      int depth) {
    two(c, cAt, cRow, a, aAt, aRow, aStep, b, bAt, bStep, depth);
    two(c, cAt + 2 * LANES, cRow, a, aAt, aRow, aStep, b, bAt + 2 * LANES, bStep, depth);
  }

  private static void two(
      float[] c,
      int cAt,
      int cRow,
      float[] a,
      int aAt,
      int aRow,
      int aStep,
      float[] b,
      int bAt,
      int bStep,
      int depth) {
    FloatVector c00 = FloatVector.fromArray(SPECIES, c, cAt);
    FloatVector c01 = FloatVector.fromArray(SPECIES, c, cAt + LANES);
    FloatVector c10 = FloatVector.fromArray(SPECIES, c, cAt + cRow);
    FloatVector c11 = FloatVector.fromArray(SPECIES, c, cAt + cRow + LANES);
    FloatVector c20 = FloatVector.fromArray(SPECIES, c, cAt + 2 * cRow);
    FloatVector c21 = FloatVector.fromArray(SPECIES, c, cAt + 2 * cRow + LANES);
    FloatVector c30 = FloatVector.fromArray(SPECIES, c, cAt + 3 * cRow);
    FloatVector c31 = FloatVector.fromArray(SPECIES, c, cAt + 3 * cRow + LANES);
    for (int k = 0; k < depth; k++) {
      int at = aAt + k * aStep;
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bAt + k * bStep);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, bAt + k * bStep + LANES);
      FloatVector a0 = FloatVector.broadcast(SPECIES, a[at]);
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      FloatVector a1 = FloatVector.broadcast(SPECIES, a[at + aRow]);
      c10 = a1.fma(b0, c10);
      c11 = a1.fma(b1, c11);
      FloatVector a2 = FloatVector.broadcast(SPECIES, a[at + 2 * aRow]);
      c20 = a2.fma(b0, c20);
      c21 = a2.fma(b1, c21);
      FloatVector a3 = FloatVector.broadcast(SPECIES, a[at + 3 * aRow]);
      c30 = a3.fma(b0, c30);
      c31 = a3.fma(b1, c31);
    }
    c00.intoArray(c, cAt);
    c01.intoArray(c, cAt + LANES);
    c10.intoArray(c, cAt + cRow);
    c11.intoArray(c, cAt + cRow + LANES);
    c20.intoArray(c, cAt + 2 * cRow);
    c21.intoArray(c, cAt + 2 * cRow + LANES);
    c30.intoArray(c, cAt + 3 * cRow);
    c31.intoArray(c, cAt + 3 * cRow + LANES);
  }

  private static void one(
      float[] c,
      int cAt,
      int cRow,
      float[] a,
      int aAt,
      int aRow,
      int aStep,
      float[] b,
      int bAt,
      int bStep,
      int depth) {
    FloatVector c0 = FloatVector.fromArray(SPECIES, c, cAt);
    FloatVector c1 = FloatVector.fromArray(SPECIES, c, cAt + cRow);
    FloatVector c2 = FloatVector.fromArray(SPECIES, c, cAt + 2 * cRow);
    FloatVector c3 = FloatVector.fromArray(SPECIES, c, cAt + 3 * cRow);
    for (int k = 0; k < depth; k++) {
      int at = aAt + k * aStep;
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bAt + k * bStep);
      c0 = FloatVector.broadcast(SPECIES, a[at]).fma(b0, c0);
      c1 = FloatVector.broadcast(SPECIES, a[at + aRow]).fma(b0, c1);
      c2 = FloatVector.broadcast(SPECIES, a[at + 2 * aRow]).fma(b0, c2);
      c3 = FloatVector.broadcast(SPECIES, a[at + 3 * aRow]).fma(b0, c3);
    }
    c0.intoArray(c, cAt);
    c1.intoArray(c, cAt + cRow);
    c2.intoArray(c, cAt + 2 * cRow);
    c3.intoArray(c, cAt + 3 * cRow);
  }
}

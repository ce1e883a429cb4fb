package io.github.llm4j.backend.cpu.arrays;

import static java.lang.Math.fma;

import io.github.llm4j.backend.cpu.product.Tiles;

/**
 * Products of four rows with four k at once, in loops over columns that the compiler makes into
 * vectors. It does so only where each row is an array of its own: into such they are copied.
 */
public final class ArrayTiles implements Tiles {
  private static final int ROWS = 32;
  private static final int COLUMNS = 256;

  private final float[][] sums = new float[ROWS][COLUMNS];
  private final float[][] lines = new float[4][COLUMNS];

  /** Tiles for any machine. */
  public ArrayTiles() {}

  @Override
  public int lanes() {
    return 16;
  }

  @Override
  public int block() {
    return 64;
  }

  @Override
  public int panel() {
    return COLUMNS;
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
    for (int row = 0; row < rows; row += ROWS) {
      int height = Math.min(ROWS, rows - row);
      int fromA = aAt + row * aRow;
      for (int column = 0; column < columns; column += COLUMNS) {
        int width = Math.min(COLUMNS, columns - column);
        int toC = cAt + row * cRow + column;
        for (int i = 0; i < height; i++) {
          System.arraycopy(c, toC + i * cRow, sums[i], 0, width);
        }
        add(height, width, a, fromA, aRow, aStep, b, bAt + column, bStep, depth);
        for (int i = 0; i < height; i++) {
          System.arraycopy(sums[i], 0, c, toC + i * cRow, width);
        }
      }
    }
  }

  private void add(
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
    int k = 0;
    for (; k <= depth - 4; k += 4) {
      for (int j = 0; j < 4; j++) {
        System.arraycopy(b, bAt + (k + j) * bStep, lines[j], 0, columns);
      }
      for (int i = 0; i < rows; i += 4) {
        four(i, a, aAt + i * aRow + k * aStep, aRow, aStep, columns);
      }
    }
    for (; k < depth; k++) {
      System.arraycopy(b, bAt + k * bStep, lines[0], 0, columns);
      for (int i = 0; i < rows; i++) {
        one(sums[i], a[aAt + i * aRow + k * aStep], lines[0], columns);
      }
    }
  }

  private void four(int row, float[] a, int at, int aRow, int aStep, int n) {
    int second = at + aRow;
    int third = second + aRow;
    int fourth = third + aRow;
    four(
        sums[row],
        sums[row + 1],
        sums[row + 2],
        sums[row + 3],
        lines[0],
        lines[1],
        lines[2],
        lines[3],
        a[at],
        a[at + aStep],
        a[at + 2 * aStep],
        a[at + 3 * aStep],
        a[second],
        a[second + aStep],
        a[second + 2 * aStep],
        a[second + 3 * aStep],
        a[third],
        a[third + aStep],
        a[third + 2 * aStep],
        a[third + 3 * aStep],
        a[fourth],
        a[fourth + aStep],
        a[fourth + 2 * aStep],
        a[fourth + 3 * aStep],
        n);
  }

  /** {@code c_i += sum over j of a_ij b_j}. */
  private static void four(
      float[] c0,
      float[] c1,
      float[] c2,
      float[] c3,
      float[] b0,
      float[] b1,
      float[] b2,
      float[] b3,
      float a00,
      float a01,
      float a02,
      float a03,
      float a10,
      float a11,
      float a12,
      float a13,
      float a20,
      float a21,
      float a22,
      float a23,
      float a30,
      float a31,
      float a32,
      float a33,
      int n) {
    for (int i = 0; i < n; i++) {
      float p = b0[i];
      float q = b1[i];
      float r = b2[i];
      float s = b3[i];
      c0[i] = fma(a03, s, fma(a02, r, fma(a01, q, fma(a00, p, c0[i]))));
      c1[i] = fma(a13, s, fma(a12, r, fma(a11, q, fma(a10, p, c1[i]))));
      c2[i] = fma(a23, s, fma(a22, r, fma(a21, q, fma(a20, p, c2[i]))));
      c3[i] = fma(a33, s, fma(a32, r, fma(a31, q, fma(a30, p, c3[i]))));
    }
  }

  private static void one(float[] c, float a, float[] b, int n) {
    for (int i = 0; i < n; i++) {
      c[i] = fma(a, b[i], c[i]);
    }
  }
}

package io.github.llm4j.backend.cpu.product;

/** Small products over arrays, of which all larger ones are made; for one thread. */
public interface Tiles {
  /** Columns come in multiples of this. */
  int lanes();

  /** Columns of a small block, as of attention, a multiple of {@link #lanes}. */
  int block();

  /** Columns of a panel of a large product, a multiple of {@link #lanes}. */
  int panel();

  /**
   * A product of rows in multiples of four and columns in multiples of a vector.
   *
   * @param c where the result is added
   * @param cAt its first element
   * @param cRow from one row of c to the next
   * @param rows rows of c, a multiple of 4
   * @param columns columns of c, a multiple of {@link #lanes}
   * @param a left operand
   * @param aAt its first element
   * @param aRow from one row of a to the next
   * @param aStep from one k to the next in a
   * @param b right operand
   * @param bAt its first element
   * @param bStep from one k to the next in b
   * @param depth number of k
   */
  void add(
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
      int depth);
}

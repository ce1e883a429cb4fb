package io.github.llm4j.backend.cpu.tile;

import io.github.llm4j.api.tensor.Shape;

/**
 * A parameter as rows in parts. A part lies within one matrix.
 *
 * @param elements of all matrices
 * @param matrices how many there are
 * @param height rows of a matrix
 * @param width elements of a row; the last row of all may be shorter
 * @param split parts of a matrix
 */
record AdafactorRows(long elements, int matrices, int height, int width, int split) {
  private static final int PART = 1 << 14;
  private static final int MOST = 16; // each part keeps sums of columns
  private static final int FLAT = 1024;

  /** The last two axes are matrices. */
  static AdafactorRows of(Shape shape) {
    int height = shape.size(-2);
    long wanted = ((long) height * shape.last() + PART - 1) / PART;
    int split = Math.clamp(wanted, 1, Math.min(height, MOST));
    int matrices = Math.toIntExact(shape.product(0, shape.rank() - 2));
    return new AdafactorRows(shape.elements(), matrices, height, shape.last(), split);
  }

  /** One matrix of rows of some length. */
  static AdafactorRows flat(Shape shape) {
    int width = (int) Math.min(FLAT, shape.elements());
    int height = Math.toIntExact((shape.elements() + width - 1) / width);
    int split = Math.clamp(shape.elements() / PART, 1, MOST);
    return new AdafactorRows(shape.elements(), 1, height, width, Math.min(height, split));
  }

  int parts() {
    return matrices * split;
  }

  int matrix(int part) {
    return part / split;
  }

  /** First row of a part, counted over all matrices. */
  int from(int part) {
    return matrix(part) * height + (int) ((long) height * (part % split) / split);
  }

  /** The row behind the last of a part. */
  int to(int part) {
    return matrix(part) * height + (int) ((long) height * (part % split + 1) / split);
  }

  long at(int row) {
    return (long) row * width;
  }

  int size(int row) {
    return (int) Math.min(width, elements - at(row));
  }
}

package io.github.llm4j.api.tensor;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Sizes of a tensor's axes, outermost first; immutable. A shape of rank 0 holds one element. */
public final class Shape {
  private final int[] sizes;

  private Shape(int[] sizes) {
    this.sizes = sizes;
  }

  /**
   * A shape of these sizes.
   *
   * @param sizes each 0 or more
   * @throws IllegalArgumentException if a size is negative
   */
  public static Shape of(int... sizes) {
    for (int size : sizes) {
      if (size < 0) {
        throw new IllegalArgumentException("a size is 0 or more, found " + Arrays.toString(sizes));
      }
    }
    return new Shape(sizes.clone());
  }

  /** Number of axes. */
  public int rank() {
    return sizes.length;
  }

  /**
   * Size of an axis; negative axes count from the end.
   *
   * @param axis from {@code -rank} to {@code rank - 1}
   */
  public int size(int axis) {
    return sizes[axis < 0 ? axis + sizes.length : axis];
  }

  /** Size of the last axis. */
  public int last() {
    return sizes[sizes.length - 1];
  }

  /** Number of elements. */
  public long elements() {
    return product(0, sizes.length);
  }

  /** Product of the sizes of the axes {@code from} (inclusive) to {@code to} (exclusive). */
  public long product(int from, int to) {
    long product = 1;
    for (int i = from; i < to; i++) {
      product *= sizes[i];
    }
    return product;
  }

  /** All elements but the last axis: the number of rows. */
  public int rows() {
    return Math.toIntExact(product(0, sizes.length - 1));
  }

  /** This shape with one axis changed; negative axes count from the end. */
  public Shape with(int axis, int size) {
    int[] changed = sizes.clone();
    changed[axis < 0 ? axis + sizes.length : axis] = size;
    return of(changed);
  }

  /** This shape without one axis. */
  public Shape without(int axis) {
    int at = axis < 0 ? axis + sizes.length : axis;
    int[] rest = new int[sizes.length - 1];
    for (int i = 0, j = 0; i < sizes.length; i++) {
      if (i != at) {
        rest[j++] = sizes[i];
      }
    }
    return of(rest);
  }

  /** The sizes, copied. */
  public int[] sizes() {
    return sizes.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Shape shape && Arrays.equals(sizes, shape.sizes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(sizes);
  }

  /** As {@code [8, 128, 768]}. */
  @Override
  public String toString() {
    return Arrays.stream(sizes)
        .mapToObj(Integer::toString)
        .collect(Collectors.joining(", ", "[", "]"));
  }
}

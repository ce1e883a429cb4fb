package io.github.llm4j.api.tensor;

/**
 * A value that an op takes or gives. Layer code sees shape and type only: while a step is recorded
 * there are no elements yet, and what varies between steps is itself a tensor.
 *
 * @implSpec Identity is meaning: two handles with equal specs are different values, so {@code
 *     equals} stays that of {@code Object}.
 */
public interface Tensor {

  /** Shape and type. */
  TensorSpec spec();

  /** Shape. */
  default Shape shape() {
    return spec().shape();
  }

  /** Element type. */
  default DType dtype() {
    return spec().dtype();
  }

  /** Size of an axis; negative axes count from the end. */
  default int size(int axis) {
    return shape().size(axis);
  }
}

package io.github.llm4j.api.tensor;

/**
 * Shape and element type: all that is known of a tensor while a step is recorded.
 *
 * <p>Tensors are dense and row-major, always; a permuted or strided view is a copy made by an op.
 */
public record TensorSpec(Shape shape, DType dtype) {

  /** A spec of this type and these sizes. */
  public static TensorSpec of(DType dtype, int... sizes) {
    return new TensorSpec(Shape.of(sizes), dtype);
  }

  /** Bytes that the elements take, without padding. */
  public long bytes() {
    return dtype.bytes(shape.elements());
  }

  /** The same shape in another type. */
  public TensorSpec as(DType other) {
    return new TensorSpec(shape, other);
  }

  /** The same type in another shape. */
  public TensorSpec as(Shape other) {
    return new TensorSpec(other, dtype);
  }

  /** As {@code bf16 [8, 128]}. */
  @Override
  public String toString() {
    return dtype.name().toLowerCase(java.util.Locale.ROOT) + " " + shape;
  }
}

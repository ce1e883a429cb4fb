package io.github.llm4j.formats.safetensors;

import java.util.List;

/**
 * A tensor as the header of a file declares it; checked against the file.
 *
 * @param name its name
 * @param type its element type
 * @param shape sizes of its axes; empty for a single element
 * @param begin first byte, counted from the end of the header
 * @param end byte behind the last
 */
public record TensorEntry(String name, ElementType type, List<Long> shape, long begin, long end) {

  /** Copies the shape. */
  public TensorEntry {
    shape = List.copyOf(shape);
  }

  /** Number of elements. */
  public long elements() {
    return shape.stream().mapToLong(Long::longValue).reduce(1, Math::multiplyExact);
  }

  /** Bytes of all elements. */
  public long bytes() {
    return end - begin;
  }
}

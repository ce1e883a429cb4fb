package io.github.llm4j.formats.gguf;

import java.util.List;

/**
 * A tensor as a file declares it; checked against the file.
 *
 * @param name its name
 * @param type its element type
 * @param shape sizes of its axes, outermost first: the reverse of the order in the file
 * @param begin first byte in the file
 * @param bytes how many bytes it takes
 */
public record GgufTensor(String name, GgufType type, List<Long> shape, long begin, long bytes) {

  /** Copies the shape. */
  public GgufTensor {
    shape = List.copyOf(shape);
  }

  /** Byte behind the last. */
  public long end() {
    return begin + bytes;
  }

  /** Number of elements. */
  public long elements() {
    return shape.stream().mapToLong(Long::longValue).reduce(1, Math::multiplyExact);
  }
}

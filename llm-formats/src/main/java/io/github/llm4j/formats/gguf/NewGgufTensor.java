package io.github.llm4j.formats.gguf;

import io.github.llm4j.formats.safetensors.NewTensor;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A tensor that is to be written.
 *
 * @param name its name, of at most 63 bytes: more no reader of the format's authors takes
 * @param type its element type
 * @param shape sizes of its axes, outermost first
 * @param data its blocks, row-major and little-endian, exactly as many bytes as they take
 */
public record NewGgufTensor(String name, GgufType type, List<Long> shape, NewTensor.Data data) {
  private static final int MAX_NAME = 63;

  /** Checks that name, shape and bytes are what a file can hold. */
  public NewGgufTensor {
    shape = List.copyOf(shape);
    int length = name.getBytes(StandardCharsets.UTF_8).length;
    if (length > MAX_NAME || shape.size() > Head.MAX_AXES) {
      throw new IllegalArgumentException(
          "tensor '%s': expected a name of at most %d bytes and at most %d axes, found %d bytes and %s."
              .formatted(name, MAX_NAME, Head.MAX_AXES, length, shape));
    }
    long bytes;
    try {
      bytes = type.bytes(shape);
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(
          "tensor '%s': expected a shape that %s can have, found %s: %s."
              .formatted(name, type, shape, e.getMessage()),
          e);
    }
    if (bytes != data.bytes()) {
      throw new IllegalArgumentException(
          "tensor '%s': expected the %d bytes of %s %s, found %d."
              .formatted(name, bytes, type, shape, data.bytes()));
    }
  }

  /** A tensor whose blocks lie in memory. */
  public NewGgufTensor(String name, GgufType type, List<Long> shape, MemorySegment data) {
    this(name, type, shape, NewTensor.Data.of(data));
  }
}

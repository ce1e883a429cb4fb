package io.github.llm4j.formats.safetensors;

import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * A tensor that is to be written.
 *
 * @param name its name
 * @param type its element type
 * @param shape sizes of its axes
 * @param data its elements, row-major and little-endian, exactly as many bytes as they take
 */
public record NewTensor(String name, ElementType type, List<Long> shape, MemorySegment data) {

  /** Checks that shape and bytes agree. */
  public NewTensor {
    shape = List.copyOf(shape);
    long elements = shape.stream().mapToLong(Long::longValue).reduce(1, Math::multiplyExact);
    long bits = Math.multiplyExact(elements, type.bits());
    if (elements < 0 || bits % 8 != 0 || bits / 8 != data.byteSize()) {
      throw new IllegalArgumentException(
          "tensor '%s': expected the bytes of %s %s, found %d"
              .formatted(name, type, shape, data.byteSize()));
    }
  }

  /** A tensor of floats. */
  public static NewTensor of(String name, List<Long> shape, float[] values) {
    java.nio.ByteBuffer bytes =
        java.nio.ByteBuffer.allocateDirect(Math.multiplyExact(values.length, Float.BYTES))
            .order(java.nio.ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return new NewTensor(name, ElementType.F32, shape, MemorySegment.ofBuffer(bytes));
  }
}

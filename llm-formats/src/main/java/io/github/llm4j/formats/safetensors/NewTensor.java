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
public record NewTensor(String name, ElementType type, List<Long> shape, Data data) {

  /** Elements that are asked for piece by piece, so that a large tensor needs no second copy. */
  public interface Data {

    /** How many bytes there are. */
    long bytes();

    /** Copies the bytes from {@code offset} on, as many as {@code target} holds. */
    void copy(long offset, MemorySegment target);

    /** Elements in memory. */
    static Data of(MemorySegment memory) {
      return new Data() {
        @Override
        public long bytes() {
          return memory.byteSize();
        }

        @Override
        public void copy(long offset, MemorySegment target) {
          target.copyFrom(memory.asSlice(offset, target.byteSize()));
        }
      };
    }
  }

  /** Checks that shape and bytes agree. */
  public NewTensor {
    shape = List.copyOf(shape);
    long elements = shape.stream().mapToLong(Long::longValue).reduce(1, Math::multiplyExact);
    long bits = Math.multiplyExact(elements, type.bits());
    if (elements < 0 || bits % 8 != 0 || bits / 8 != data.bytes()) {
      throw new IllegalArgumentException(
          "tensor '%s': expected the bytes of %s %s, found %d"
              .formatted(name, type, shape, data.bytes()));
    }
  }

  /** A tensor whose elements lie in memory. */
  public NewTensor(String name, ElementType type, List<Long> shape, MemorySegment data) {
    this(name, type, shape, Data.of(data));
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

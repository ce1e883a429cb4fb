package io.github.llm4j.api.tensor;

/**
 * Element types of tensors.
 *
 * <p>Plain types hold one element in {@link #blockBytes()} bytes. Block-quantised types hold {@link
 * #blockElements()} neighbours of the last axis in one block; only linear, embedding and dequantise
 * accept them.
 */
public enum DType {
  /** IEEE 754 double; the reference backend alone computes in it. */
  F64(1, 8),
  /** IEEE 754 single. */
  F32(1, 4),
  /** IEEE 754 half. */
  F16(1, 2),
  /** The upper half of a single: 8 exponent bits, 7 mantissa bits. */
  BF16(1, 2),
  /** Signed 64-bit integer. */
  I64(1, 8),
  /** Signed 32-bit integer: token ids, positions, lengths. */
  I32(1, 4),
  /** Signed 8-bit integer. */
  I8(1, 1),
  /** Unsigned 8-bit integer; also masks, where 0 is false. */
  U8(1, 1),
  /** GGML's Q8_0: 32 signed bytes behind one half-precision scale. */
  Q8_0(32, 34);

  private final int blockElements;
  private final int blockBytes;

  DType(int blockElements, int blockBytes) {
    this.blockElements = blockElements;
    this.blockBytes = blockBytes;
  }

  /** Elements in one block; 1 for plain types. */
  public int blockElements() {
    return blockElements;
  }

  /** Bytes of one block; of one element for plain types. */
  public int blockBytes() {
    return blockBytes;
  }

  /** Whether gradients can flow through values of this type. */
  public boolean isFloat() {
    return this == F64 || this == F32 || this == F16 || this == BF16;
  }

  /** Whether elements share a scale in blocks. */
  public boolean isQuantised() {
    return blockElements > 1;
  }

  /**
   * Bytes that {@code elements} take.
   *
   * @param elements a whole number of blocks
   * @throws IllegalArgumentException if a block would be cut
   */
  public long bytes(long elements) {
    if (elements % blockElements != 0) {
      throw new IllegalArgumentException(
          this + " comes in blocks of " + blockElements + ", found " + elements + " elements");
    }
    return elements / blockElements * blockBytes;
  }

  /** The wider of two float types, in which mixed arithmetic is done. */
  public static DType wider(DType a, DType b) {
    if (a == b) {
      return a;
    }
    if (a == F64 || b == F64) {
      return F64;
    }
    return F32;
  }
}

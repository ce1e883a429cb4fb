package io.github.llm4j.formats.gguf;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Element types of tensors in GGUF files; the names and numbers are the format's. Elements lie in
 * blocks along the innermost axis: so many elements in so many bytes.
 */
public enum GgufType {
  /** IEEE single. */
  F32(0, 1, 4),
  /** IEEE half. */
  F16(1, 1, 2),
  /** 4 bits and a scale. */
  Q4_0(2, 32, 18),
  /** 4 bits, a scale and a minimum. */
  Q4_1(3, 32, 20),
  /** 5 bits and a scale. */
  Q5_0(6, 32, 22),
  /** 5 bits, a scale and a minimum. */
  Q5_1(7, 32, 24),
  /** 8 bits and a scale. */
  Q8_0(8, 32, 34),
  /** 8 bits, a scale and a sum, both halves. */
  Q8_1(9, 32, 36),
  /** 2 bits in a block of blocks. */
  Q2_K(10, 256, 84),
  /** 3 bits in a block of blocks. */
  Q3_K(11, 256, 110),
  /** 4 bits in a block of blocks. */
  Q4_K(12, 256, 144),
  /** 5 bits in a block of blocks. */
  Q5_K(13, 256, 176),
  /** 6 bits in a block of blocks. */
  Q6_K(14, 256, 210),
  /** 8 bits in a block of blocks. */
  Q8_K(15, 256, 292),
  /** 2.06 bits, from a table. */
  IQ2_XXS(16, 256, 66),
  /** 2.31 bits, from a table. */
  IQ2_XS(17, 256, 74),
  /** 3.06 bits, from a table. */
  IQ3_XXS(18, 256, 98),
  /** 1.56 bits, from a table. */
  IQ1_S(19, 256, 50),
  /** 4 bits, not linear. */
  IQ4_NL(20, 32, 18),
  /** 3.44 bits, from a table. */
  IQ3_S(21, 256, 110),
  /** 2.56 bits, from a table. */
  IQ2_S(22, 256, 82),
  /** 4 bits, not linear, in a block of blocks. */
  IQ4_XS(23, 256, 136),
  /** Signed byte. */
  I8(24, 1, 1),
  /** Signed 16-bit integer. */
  I16(25, 1, 2),
  /** Signed 32-bit integer. */
  I32(26, 1, 4),
  /** Signed 64-bit integer. */
  I64(27, 1, 8),
  /** IEEE double. */
  F64(28, 1, 8),
  /** 1.75 bits, from a table. */
  IQ1_M(29, 256, 56),
  /** Upper half of a single. */
  BF16(30, 1, 2),
  /** Three values, five to a byte. */
  TQ1_0(34, 256, 54),
  /** Three values, four to a byte. */
  TQ2_0(35, 256, 66),
  /** Floats of 4 bits and an exponent. */
  MXFP4(39, 32, 17),
  /** Floats of 4 bits and four scales of 8 bits. */
  NVFP4(40, 64, 36),
  /** One bit and a scale. */
  Q1_0(41, 128, 18);

  private static final @Nullable GgufType[] BY_CODE = new @Nullable GgufType[42];

  static {
    for (GgufType type : values()) {
      BY_CODE[type.code] = type;
    }
  }

  private final int code;
  private final int blockElements;
  private final int blockBytes;

  GgufType(int code, int blockElements, int blockBytes) {
    this.code = code;
    this.blockElements = blockElements;
    this.blockBytes = blockBytes;
  }

  /** The format's number. */
  public int code() {
    return code;
  }

  /** Elements of a block; 1 where each stands alone. */
  public int blockElements() {
    return blockElements;
  }

  /** Bytes of a block. */
  public int blockBytes() {
    return blockBytes;
  }

  /** The type of this number, null if there is none, or none any more. */
  static @Nullable GgufType of(int code) {
    return code >= 0 && code < BY_CODE.length ? BY_CODE[code] : null;
  }

  /**
   * Bytes of a tensor.
   *
   * @param shape sizes of its axes, outermost first
   * @throws ArithmeticException if a size is negative, the elements or bytes can't be counted in 63
   *     bits, or the innermost axis isn't a multiple of the block
   */
  public long bytes(List<Long> shape) {
    long elements = 1;
    for (long size : shape) {
      if (size < 0) {
        throw new ArithmeticException("a size below 0");
      }
      elements = Math.multiplyExact(elements, size);
    }
    long innermost = shape.isEmpty() ? 1 : shape.getLast();
    if (innermost % blockElements != 0) {
      throw new ArithmeticException("an innermost axis that is no multiple of " + blockElements);
    }
    return Math.multiplyExact(elements / blockElements, blockBytes);
  }
}

package io.github.llm4j.backend.cpu.scalar;

import io.github.llm4j.api.tensor.DType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The elements of one tensor as doubles, whatever their type.
 *
 * <p>A double holds every shorter float exactly, and a sum, product, quotient or root of two
 * singles computed in double and rounded to single is the correctly rounded single; so kernels
 * compute in double and round by {@link #set}. Halves and bf16 are rounded over single, as kernels
 * that compute in single do.
 */
interface Elements {

  /** An element. */
  double get(long i);

  /** Overwrites an element: floats are rounded to nearest, ties to even, integers truncated. */
  void set(long i, double value);

  /** An element of an integer type, exactly. */
  default long integer(long i) {
    return (long) get(i);
  }

  /** Overwrites an element of an integer type; the upper bits are dropped. */
  default void setInteger(long i, long value) {
    set(i, (double) value);
  }

  /** Copies an element of a tensor of the same type. */
  default void move(long i, Elements from, long j) {
    set(i, from.get(j));
  }

  /** What {@link #set} would leave of a value. */
  default double rounded(double value) {
    return value;
  }

  /** Elements in memory, which need not be aligned. */
  static Elements of(MemorySegment memory, DType type) {
    return switch (type) {
      case F64 -> new F64(memory);
      case F32 -> new F32(memory);
      case F16 -> new F16(memory);
      case BF16 -> new Bf16(memory);
      case I64 -> new I64(memory);
      case I32 -> new I32(memory);
      case I8 -> new I8(memory);
      case U8 -> new U8(memory);
      case Q8_0 -> new Q8(memory);
    };
  }

  /** Doubles. */
  record F64(MemorySegment memory) implements Elements {
    @Override
    public double get(long i) {
      return memory.getAtIndex(ValueLayout.JAVA_DOUBLE_UNALIGNED, i);
    }

    @Override
    public void set(long i, double value) {
      memory.setAtIndex(ValueLayout.JAVA_DOUBLE_UNALIGNED, i, value);
    }
  }

  /** Singles. */
  record F32(MemorySegment memory) implements Elements {
    @Override
    public double get(long i) {
      return memory.getAtIndex(ValueLayout.JAVA_FLOAT_UNALIGNED, i);
    }

    @Override
    public void set(long i, double value) {
      memory.setAtIndex(ValueLayout.JAVA_FLOAT_UNALIGNED, i, (float) value);
    }

    @Override
    public double rounded(double value) {
      return (float) value;
    }
  }

  /** Halves. */
  record F16(MemorySegment memory) implements Elements {
    @Override
    public double get(long i) {
      return Float.float16ToFloat(memory.getAtIndex(ValueLayout.JAVA_SHORT_UNALIGNED, i));
    }

    @Override
    public void set(long i, double value) {
      short half = Float.floatToFloat16((float) value);
      memory.setAtIndex(ValueLayout.JAVA_SHORT_UNALIGNED, i, half);
    }

    @Override
    public double rounded(double value) {
      return Float.float16ToFloat(Float.floatToFloat16((float) value));
    }
  }

  /** Upper halves of singles. */
  record Bf16(MemorySegment memory) implements Elements {
    @Override
    public double get(long i) {
      return widen(memory.getAtIndex(ValueLayout.JAVA_SHORT_UNALIGNED, i));
    }

    @Override
    public void set(long i, double value) {
      memory.setAtIndex(ValueLayout.JAVA_SHORT_UNALIGNED, i, narrow((float) value));
    }

    @Override
    public double rounded(double value) {
      return widen(narrow((float) value));
    }

    static float widen(short bits) {
      return Float.intBitsToFloat(bits << 16);
    }

    /** Nearest bf16, ties to even; a NaN stays one, made quiet. */
    static short narrow(float value) {
      int bits = Float.floatToRawIntBits(value);
      if (Float.isNaN(value)) {
        return (short) (bits >>> 16 | 0x40);
      }
      return (short) ((bits + 0x7FFF + (bits >>> 16 & 1)) >>> 16);
    }
  }

  /** Signed 64-bit integers. */
  record I64(MemorySegment memory) implements Elements {
    @Override
    public double get(long i) {
      return (double) integer(i);
    }

    @Override
    public void set(long i, double value) {
      setInteger(i, (long) value);
    }

    @Override
    public long integer(long i) {
      return memory.getAtIndex(ValueLayout.JAVA_LONG_UNALIGNED, i);
    }

    @Override
    public void move(long i, Elements from, long j) {
      setInteger(i, from.integer(j)); // a double would lose bits
    }

    @Override
    public void setInteger(long i, long value) {
      memory.setAtIndex(ValueLayout.JAVA_LONG_UNALIGNED, i, value);
    }
  }

  /** Signed 32-bit integers. */
  record I32(MemorySegment memory) implements Elements {
    @Override
    public double get(long i) {
      return memory.getAtIndex(ValueLayout.JAVA_INT_UNALIGNED, i);
    }

    @Override
    public void set(long i, double value) {
      setInteger(i, (int) value);
    }

    @Override
    public void setInteger(long i, long value) {
      memory.setAtIndex(ValueLayout.JAVA_INT_UNALIGNED, i, (int) value);
    }
  }

  /** Signed 8-bit integers. */
  record I8(MemorySegment memory) implements Elements {
    @Override
    public double get(long i) {
      return memory.get(ValueLayout.JAVA_BYTE, i);
    }

    @Override
    public void set(long i, double value) {
      setInteger(i, (int) value);
    }

    @Override
    public void setInteger(long i, long value) {
      memory.set(ValueLayout.JAVA_BYTE, i, (byte) value);
    }
  }

  /** Unsigned 8-bit integers. */
  record U8(MemorySegment memory) implements Elements {
    @Override
    public double get(long i) {
      return memory.get(ValueLayout.JAVA_BYTE, i) & 0xFF;
    }

    @Override
    public void set(long i, double value) {
      setInteger(i, (int) value);
    }

    @Override
    public void setInteger(long i, long value) {
      memory.set(ValueLayout.JAVA_BYTE, i, (byte) value);
    }
  }

  /** Blocks of 32 signed bytes behind a half that scales them; read only. */
  record Q8(MemorySegment memory) implements Elements {
    @Override
    public double get(long i) {
      long block = i / DType.Q8_0.blockElements() * DType.Q8_0.blockBytes();
      short scale = memory.get(ValueLayout.JAVA_SHORT_UNALIGNED, block);
      byte q = memory.get(ValueLayout.JAVA_BYTE, block + 2 + i % DType.Q8_0.blockElements());
      return Float.float16ToFloat(scale) * q;
    }

    @Override
    public void set(long i, double value) {
      throw new UnsupportedOperationException("a block is quantised as a whole");
    }
  }

  /**
   * Elements to which a kernel adds what it would store: the bits are those of storing first and
   * adding after.
   */
  record Adding(Elements target) implements Elements {
    @Override
    public double get(long i) {
      return target.get(i);
    }

    @Override
    public void set(long i, double value) {
      target.set(i, target.get(i) + target.rounded(value));
    }

    @Override
    public double rounded(double value) {
      return target.rounded(value);
    }
  }

  /** Where results go that nobody reads. */
  record Nowhere() implements Elements {
    @Override
    public double get(long i) {
      return 0;
    }

    @Override
    public void set(long i, double value) {}
  }
}

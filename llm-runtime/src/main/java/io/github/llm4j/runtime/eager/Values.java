package io.github.llm4j.runtime.eager;

import io.github.llm4j.api.tensor.DType;
import io.github.llm4j.api.tensor.TensorSpec;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Elements of plain types in host memory, as doubles. */
public final class Values {
  private Values() {}

  /** All elements. */
  public static double[] read(MemorySegment memory, TensorSpec spec) {
    double[] values = new double[Math.toIntExact(spec.shape().elements())];
    for (int i = 0; i < values.length; i++) {
      values[i] = get(memory, spec.dtype(), i);
    }
    return values;
  }

  /** Overwrites all elements. */
  public static void write(MemorySegment memory, TensorSpec spec, double[] values) {
    if (values.length != spec.shape().elements()) {
      throw new IllegalArgumentException(
          spec + " has " + spec.shape().elements() + " elements, found " + values.length + ".");
    }
    for (int i = 0; i < values.length; i++) {
      set(memory, spec.dtype(), i, values[i]);
    }
  }

  private static double get(MemorySegment m, DType type, long i) {
    return switch (type) {
      case F64 -> m.getAtIndex(ValueLayout.JAVA_DOUBLE_UNALIGNED, i);
      case F32 -> m.getAtIndex(ValueLayout.JAVA_FLOAT_UNALIGNED, i);
      case F16 -> Float.float16ToFloat(m.getAtIndex(ValueLayout.JAVA_SHORT_UNALIGNED, i));
      case BF16 -> Float.intBitsToFloat(m.getAtIndex(ValueLayout.JAVA_SHORT_UNALIGNED, i) << 16);
      case I64 -> m.getAtIndex(ValueLayout.JAVA_LONG_UNALIGNED, i);
      case I32 -> m.getAtIndex(ValueLayout.JAVA_INT_UNALIGNED, i);
      case I8 -> m.get(ValueLayout.JAVA_BYTE, i);
      case U8 -> m.get(ValueLayout.JAVA_BYTE, i) & 0xFF;
      case Q8_0 -> throw new IllegalArgumentException("elements of Q8_0 have no address");
    };
  }

  private static void set(MemorySegment m, DType type, long i, double value) {
    switch (type) {
      case F64 -> m.setAtIndex(ValueLayout.JAVA_DOUBLE_UNALIGNED, i, value);
      case F32 -> m.setAtIndex(ValueLayout.JAVA_FLOAT_UNALIGNED, i, (float) value);
      case F16 ->
          m.setAtIndex(ValueLayout.JAVA_SHORT_UNALIGNED, i, Float.floatToFloat16((float) value));
      case BF16 -> m.setAtIndex(ValueLayout.JAVA_SHORT_UNALIGNED, i, bf16((float) value));
      case I64 -> m.setAtIndex(ValueLayout.JAVA_LONG_UNALIGNED, i, (long) value);
      case I32 -> m.setAtIndex(ValueLayout.JAVA_INT_UNALIGNED, i, (int) value);
      case I8, U8 -> m.set(ValueLayout.JAVA_BYTE, i, (byte) (int) value);
      case Q8_0 -> throw new IllegalArgumentException("elements of Q8_0 have no address");
    }
  }

  /** Nearest bf16, ties to even; a NaN stays one. */
  static short bf16(float value) {
    int bits = Float.floatToRawIntBits(value);
    if (Float.isNaN(value)) {
      return (short) (bits >>> 16 | 0x40);
    }
    return (short) ((bits + 0x7FFF + (bits >>> 16 & 1)) >>> 16);
  }
}

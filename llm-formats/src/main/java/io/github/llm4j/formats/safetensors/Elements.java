package io.github.llm4j.formats.safetensors;

import io.github.llm4j.formats.FormatException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Converts mapped elements into arrays. */
final class Elements {
  private static final ByteOrder LITTLE = ByteOrder.LITTLE_ENDIAN;
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(LITTLE);
  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(LITTLE);
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(LITTLE);
  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(LITTLE);
  private static final ValueLayout.OfDouble DOUBLE =
      ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(LITTLE);

  private Elements() {}

  static float[] floats(TensorEntry entry, MemorySegment data) throws FormatException {
    float[] values = new float[length(entry)];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          switch (entry.type()) {
            case F32 -> data.getAtIndex(FLOAT, i);
            case F64 -> (float) data.getAtIndex(DOUBLE, i);
            case F16 -> Float.float16ToFloat(data.getAtIndex(SHORT, i));
            case BF16 -> Float.intBitsToFloat(data.getAtIndex(SHORT, i) << 16);
            default -> throw wrong(entry, "F32, F64, F16 or BF16");
          };
    }
    return values;
  }

  static long[] longs(TensorEntry entry, MemorySegment data) throws FormatException {
    long[] values = new long[length(entry)];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          switch (entry.type()) {
            case I64 -> data.getAtIndex(LONG, i);
            case I32 -> data.getAtIndex(INT, i);
            case U32 -> Integer.toUnsignedLong(data.getAtIndex(INT, i));
            case I16 -> data.getAtIndex(SHORT, i);
            case U16 -> Short.toUnsignedLong(data.getAtIndex(SHORT, i));
            case I8 -> data.get(ValueLayout.JAVA_BYTE, i);
            case U8, BOOL -> data.get(ValueLayout.JAVA_BYTE, i) & 0xFF;
            default -> throw wrong(entry, "an integer type of at most 64 bits other than U64");
          };
    }
    return values;
  }

  private static int length(TensorEntry entry) throws FormatException {
    if (entry.elements() > Integer.MAX_VALUE - 8) {
      throw wrong(entry, "elements that fit an array");
    }
    return (int) entry.elements();
  }

  private static FormatException wrong(TensorEntry entry, String expected) {
    return new FormatException(
        "tensor '"
            + Header.shown(entry.name())
            + "': expected "
            + expected
            + ", found "
            + entry.type()
            + " "
            + entry.shape()
            + ".");
  }
}

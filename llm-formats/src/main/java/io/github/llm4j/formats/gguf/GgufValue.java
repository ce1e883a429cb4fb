package io.github.llm4j.formats.gguf;

import io.github.llm4j.formats.FormatException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A value of a file's metadata: its type and its bytes as they lie in a file, decoded when they are
 * asked for. One that was read is valid until its file is closed; one that was made, always.
 */
public final class GgufValue {
  private final String where;
  private final ValueType type;
  private final MemorySegment bytes;
  private final long offset;

  /**
   * A checked value.
   *
   * @param where file and key, for messages
   * @param bytes all of it, lengths and counts included
   * @param offset where it lies in the file
   */
  GgufValue(String where, ValueType type, MemorySegment bytes, long offset) {
    this.where = where;
    this.type = type;
    this.bytes = bytes;
    this.offset = offset;
  }

  private static GgufValue made(ValueType type, ByteBuffer bytes) {
    return new GgufValue("new value", type, MemorySegment.ofBuffer(bytes.rewind()), 0);
  }

  static ByteBuffer little(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** A string. */
  public static GgufValue of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** A string of any bytes. */
  public static GgufValue of(byte[] text) {
    return made(
        ValueType.STRING, little(Math.addExact(8, text.length)).putLong(text.length).put(text));
  }

  /** A truth value. */
  public static GgufValue of(boolean value) {
    return made(ValueType.BOOL, little(1).put((byte) (value ? 1 : 0)));
  }

  /**
   * An integer.
   *
   * @throws IllegalArgumentException if the type isn't one of integers or can't hold the value
   */
  public static GgufValue of(ValueType type, long value) {
    if (type.whole()) {
      long kept =
          switch (type) {
            case UINT8 -> value & 0xFF;
            case INT8 -> (byte) value;
            case UINT16 -> value & 0xFFFF;
            case INT16 -> (short) value;
            case UINT32 -> value & 0xFFFF_FFFFL;
            case INT32 -> (int) value;
            case UINT64 -> value & Long.MAX_VALUE;
            default -> value;
          };
      if (kept == value) {
        return made(type, little(8).putLong(value).limit(type.bytes()));
      }
    }
    throw new IllegalArgumentException(
        type + ": expected a type of integers that holds the value, found " + value + ".");
  }

  /** A FLOAT32. */
  public static GgufValue of(float value) {
    return made(ValueType.FLOAT32, little(4).putFloat(value));
  }

  /** A FLOAT64. */
  public static GgufValue of(double value) {
    return made(ValueType.FLOAT64, little(8).putDouble(value));
  }

  /** An array of INT32. */
  public static GgufValue of(int[] values) {
    ByteBuffer bytes = array(ValueType.INT32, values.length, 4L * values.length);
    bytes.slice().order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().put(values);
    return made(ValueType.ARRAY, bytes);
  }

  /** An array of FLOAT32. */
  public static GgufValue of(float[] values) {
    ByteBuffer bytes = array(ValueType.FLOAT32, values.length, 4L * values.length);
    bytes.slice().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(values);
    return made(ValueType.ARRAY, bytes);
  }

  /** An array of strings. */
  public static GgufValue ofTexts(List<String> texts) {
    return array(ValueType.STRING, texts.stream().map(GgufValue::of).toList());
  }

  /**
   * An array of values of one type, which may be arrays themselves.
   *
   * @throws IllegalArgumentException if a value is of another type
   */
  public static GgufValue array(ValueType type, List<GgufValue> values) {
    long sum = 0;
    for (GgufValue value : values) {
      if (value.type != type) {
        throw new IllegalArgumentException("expected " + type + ", found " + value.type + ".");
      }
      sum += value.bytes.byteSize();
    }
    ByteBuffer bytes = array(type, values.size(), sum);
    for (GgufValue value : values) {
      bytes.put(value.bytes.asByteBuffer());
    }
    return made(ValueType.ARRAY, bytes);
  }

  private static ByteBuffer array(ValueType type, int count, long bytes) {
    return little(Math.toIntExact(12 + bytes)).putInt(type.code()).putLong(count);
  }

  /** The type. */
  public ValueType type() {
    return type;
  }

  /** All of its bytes, as a file holds them behind the type. */
  MemorySegment encoded() {
    return bytes;
  }

  /**
   * An integer.
   *
   * @throws FormatException if it is of another type or above 2^63 - 1
   */
  public long whole() throws FormatException {
    if (!type.whole()) {
      throw wrong("an integer", "");
    }
    long value = 0;
    for (int i = 0; i < type.bytes(); i++) {
      value |= (bytes.get(ValueLayout.JAVA_BYTE, i) & 0xFFL) << (8 * i);
    }
    if (type == ValueType.UINT64 && value < 0) {
      throw wrong("an integer of at most 2^63 - 1", " " + Long.toUnsignedString(value));
    }
    int spare = 64 - 8 * type.bytes();
    return switch (type) {
      case INT8, INT16, INT32 -> value << spare >> spare;
      default -> value;
    };
  }

  /**
   * A number: a float, or an integer where a file has one in its place.
   *
   * @throws FormatException if it is of another type
   */
  public double real() throws FormatException {
    return switch (type) {
      case FLOAT32 -> Float.intBitsToFloat(bytes.get(Scan.INT, 0));
      case FLOAT64 -> Double.longBitsToDouble(bytes.get(Scan.LONG, 0));
      case BOOL, STRING, ARRAY -> throw wrong("a number", "");
      default -> whole();
    };
  }

  /**
   * A truth value.
   *
   * @throws FormatException if it is of another type
   */
  public boolean flag() throws FormatException {
    if (type != ValueType.BOOL) {
      throw wrong("a truth value", "");
    }
    return bytes.get(ValueLayout.JAVA_BYTE, 0) != 0;
  }

  /**
   * A string that is UTF-8.
   *
   * @throws FormatException if it is of another type or other bytes, which {@link #bytes} gives
   */
  public String text() throws FormatException {
    byte[] text = bytes();
    String decoded = Scan.decode(text);
    if (decoded == null) {
      throw wrong("UTF-8", " " + Scan.shown(text));
    }
    return decoded;
  }

  /**
   * A string's bytes, which may be none of UTF-8.
   *
   * @throws FormatException if it is of another type or longer than an array can be
   */
  public byte[] bytes() throws FormatException {
    if (type != ValueType.STRING) {
      throw wrong("a string", "");
    }
    if (bytes.byteSize() > Integer.MAX_VALUE - 16) {
      throw wrong("a string that fits an array", " of " + bytes.byteSize() + " bytes");
    }
    return bytes.asSlice(8).toArray(ValueLayout.JAVA_BYTE);
  }

  /**
   * An array.
   *
   * @throws FormatException if it is of another type
   */
  public GgufArray array() throws FormatException {
    if (type != ValueType.ARRAY) {
      throw wrong("an array", "");
    }
    return new GgufArray(where, bytes, offset);
  }

  FormatException wrong(String expected, String found) {
    return new FormatException(
        "%s: byte %d: expected %s, found %s%s.".formatted(where, offset, expected, type, found));
  }

  /** The value, shortened: for people. */
  @Override
  public String toString() {
    try {
      return switch (type) {
        case STRING ->
            Scan.shown(
                bytes
                    .asSlice(8, Math.min(bytes.byteSize() - 8, 101))
                    .toArray(ValueLayout.JAVA_BYTE));
        case ARRAY -> array().toString();
        case BOOL -> Boolean.toString(flag());
        case FLOAT32 -> Float.toString((float) real());
        case FLOAT64 -> Double.toString(real());
        case UINT64 -> Long.toUnsignedString(bytes.get(Scan.LONG, 0));
        default -> Long.toString(whole());
      };
    } catch (FormatException e) {
      throw new AssertionError(e); // each type is asked for what it is
    }
  }
}

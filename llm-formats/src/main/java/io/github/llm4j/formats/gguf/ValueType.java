package io.github.llm4j.formats.gguf;

import org.jspecify.annotations.Nullable;

/** Types of metadata; the names and numbers are the format's. */
public enum ValueType {
  /** Unsigned byte. */
  UINT8(0, 1),
  /** Signed byte. */
  INT8(1, 1),
  /** Unsigned 16-bit integer. */
  UINT16(2, 2),
  /** Signed 16-bit integer. */
  INT16(3, 2),
  /** Unsigned 32-bit integer. */
  UINT32(4, 4),
  /** Signed 32-bit integer. */
  INT32(5, 4),
  /** IEEE single. */
  FLOAT32(6, 4),
  /** A byte, 0 or 1. */
  BOOL(7, 1),
  /** A 64-bit length in bytes, then the bytes. */
  STRING(8, 0),
  /** A type, a 64-bit count, then the elements. */
  ARRAY(9, 0),
  /** Unsigned 64-bit integer. */
  UINT64(10, 8),
  /** Signed 64-bit integer. */
  INT64(11, 8),
  /** IEEE double. */
  FLOAT64(12, 8);

  private static final ValueType[] BY_CODE = new ValueType[13];

  static {
    for (ValueType type : values()) {
      BY_CODE[type.code] = type;
    }
  }

  private final int code;
  private final int bytes;

  ValueType(int code, int bytes) {
    this.code = code;
    this.bytes = bytes;
  }

  /** The format's number. */
  public int code() {
    return code;
  }

  /** Bytes of one value; 0 if they differ from value to value. */
  public int bytes() {
    return bytes;
  }

  /** The fewest bytes that one value takes. */
  int fewestBytes() {
    return this == STRING ? 8 : this == ARRAY ? 12 : bytes;
  }

  boolean whole() {
    return bytes > 0 && this != BOOL && !real();
  }

  boolean real() {
    return this == FLOAT32 || this == FLOAT64;
  }

  /** The type of this number, null if there is none. */
  static @Nullable ValueType of(int code) {
    return code >= 0 && code < BY_CODE.length ? BY_CODE[code] : null;
  }
}

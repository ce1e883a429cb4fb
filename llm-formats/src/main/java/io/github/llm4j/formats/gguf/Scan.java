package io.github.llm4j.formats.gguf;

import io.github.llm4j.formats.FormatException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Walks over a file's bytes and believes no length that reaches beyond their end. */
final class Scan {
  static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /** Arrays in arrays: the walk goes one call deeper for each. */
  static final int MAX_DEPTH = 16;

  private final String file;
  final MemorySegment bytes;
  private final long base;
  long at;

  /**
   * A walk from the first of these bytes on.
   *
   * @param base where they lie in the file, for messages
   */
  Scan(String file, MemorySegment bytes, long base) {
    this.file = file;
    this.bytes = bytes;
    this.base = base;
  }

  long left() {
    return bytes.byteSize() - at;
  }

  int int32(String what) throws FormatException {
    need(4, what);
    int value = bytes.get(INT, at);
    at += 4;
    return value;
  }

  /** A count of things of which each takes at least so many bytes. */
  long count(String what, int fewestBytes) throws FormatException {
    need(8, "a count of " + what);
    long value = bytes.get(LONG, at);
    long most = (left() - 8) / fewestBytes;
    if (value < 0 || value > most) {
      throw wrong(
          at,
          "a count of " + what + " that fits the file, at most " + most,
          Long.toUnsignedString(value));
    }
    at += 8;
    return value;
  }

  long int64(String what) throws FormatException {
    need(8, what);
    long value = bytes.get(LONG, at);
    at += 8;
    return value;
  }

  /** A string's bytes. */
  MemorySegment text(String what, long longest) throws FormatException {
    if (left() < 8) { // a message is made only where it is needed: there may be many strings
      need(8, "the length of " + what);
    }
    long length = bytes.get(LONG, at);
    long most = Math.min(left() - 8, longest);
    if (length < 0 || length > most) {
      throw wrong(
          at,
          "a length of " + what + " of at most " + most + " bytes",
          Long.toUnsignedString(length));
    }
    at += 8 + length;
    return bytes.asSlice(at - length, length);
  }

  /** A string that has to be UTF-8. */
  String name(String what, int longest) throws FormatException {
    long begin = at + 8;
    byte[] name = text(what, longest).toArray(ValueLayout.JAVA_BYTE);
    String text = decode(name);
    if (text == null) {
      throw wrong(begin, what + " in UTF-8", shown(name));
    }
    return text;
  }

  ValueType valueType(String what) throws FormatException {
    int code = int32(what);
    ValueType type = ValueType.of(code);
    if (type == null) {
      throw wrong(
          at - 4, what + ", a number from 0 to 12", Long.toString(Integer.toUnsignedLong(code)));
    }
    return type;
  }

  /** Goes over a value and checks that it is one. */
  void skip(ValueType type, String what, int depth) throws FormatException {
    switch (type) {
      case STRING -> text(what, Long.MAX_VALUE);
      case ARRAY -> {
        long begin = at;
        if (depth == MAX_DEPTH) {
          throw wrong(begin, "at most " + MAX_DEPTH + " arrays in each other", "another");
        }
        ValueType elements = valueType("the type of elements of " + what);
        long count = count("elements of " + what, elements.fewestBytes());
        if (elements.bytes() > 0 && elements != ValueType.BOOL) {
          at += count * elements.bytes();
        } else {
          for (long i = 0; i < count; i++) {
            skip(elements, what, depth + 1);
          }
        }
      }
      case BOOL -> {
        need(1, what);
        byte value = bytes.get(ValueLayout.JAVA_BYTE, at);
        if (value != 0 && value != 1) {
          throw wrong(at, what + ", a truth value of 0 or 1", Integer.toString(value & 0xFF));
        }
        at++;
      }
      default -> {
        need(type.bytes(), what);
        at += type.bytes();
      }
    }
  }

  private void need(int count, String what) throws FormatException {
    if (left() < count) {
      throw wrong(at, count + " bytes of " + what, "the end after " + left() + "; the file is cut");
    }
  }

  FormatException wrong(long at, String expected, String found) {
    return new FormatException(
        file + ": byte " + (base + at) + ": expected " + expected + ", found " + found + ".");
  }

  /** Null if it isn't UTF-8. */
  static @Nullable String decode(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    if (text.indexOf('\uFFFD') < 0) {
      return text; // nothing was replaced
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  /** Bytes from a file, short enough for a message and without control characters. */
  static String shown(byte[] bytes) {
    String text = new String(bytes, 0, Math.min(bytes.length, 100), StandardCharsets.UTF_8);
    return "'" + text.replaceAll("\\p{Cntrl}", "?") + (bytes.length > 100 ? "…'" : "'");
  }
}

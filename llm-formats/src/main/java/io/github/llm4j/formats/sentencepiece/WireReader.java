package io.github.llm4j.formats.sentencepiece;

import io.github.llm4j.formats.FormatException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Reads a message in the wire format of protocol buffers, field by field. No length reaches beyond
 * the message that it is in; groups, which nobody writes any more, are refused.
 *
 * <p>Source: protobuf.dev/programming-guides/encoding.
 */
final class WireReader {
  static final int VARINT = 0;
  static final int FIXED_64 = 1;
  static final int BYTES = 2;
  static final int FIXED_32 = 5;

  private final String file;
  private final byte[] data;
  private final int end;
  private int at;
  private int fieldAt;
  private int field;
  private int type;

  WireReader(String file, byte[] data) {
    this(file, data, 0, data.length);
  }

  private WireReader(String file, byte[] data, int at, int end) {
    this.file = file;
    this.data = data;
    this.at = at;
    this.end = end;
  }

  /** Goes to the next field; false at the message's end. */
  boolean next() throws FormatException {
    if (at == end) {
      return false;
    }
    fieldAt = at;
    long tag = varint("a tag");
    field = (int) (tag >>> 3);
    type = (int) tag & 7;
    if (tag >>> 32 != 0 || field == 0) {
      throw wrong(
          fieldAt, "a field's number from 1 to 536870911", Long.toUnsignedString(tag >>> 3));
    }
    if (type != VARINT && type != FIXED_64 && type != BYTES && type != FIXED_32) {
      String what = type == 3 || type == 4 ? "a group" : "wire type " + type;
      throw wrong(fieldAt, "field " + field + " as a number or with a length", what);
    }
    return true;
  }

  /** The number of the field that {@link #next} went to. */
  int field() {
    return field;
  }

  /** Goes over the field. */
  void skip() throws FormatException {
    switch (type) {
      case VARINT -> varint("field " + field);
      case FIXED_64 -> at = need(8);
      case FIXED_32 -> at = need(4);
      default -> at = length();
    }
  }

  int int32(String name) throws FormatException {
    is(VARINT, name);
    return (int) varint(name); // the format says so: other bits are dropped
  }

  boolean flag(String name) throws FormatException {
    is(VARINT, name);
    return varint(name) != 0;
  }

  float single(String name) throws FormatException {
    is(FIXED_32, name);
    int from = at;
    at = need(4);
    return ByteBuffer.wrap(data, from, 4).order(java.nio.ByteOrder.LITTLE_ENDIAN).getFloat();
  }

  byte[] bytes(String name) throws FormatException {
    is(BYTES, name);
    int to = length();
    byte[] bytes = java.util.Arrays.copyOfRange(data, at, to);
    at = to;
    return bytes;
  }

  String text(String name) throws FormatException {
    is(BYTES, name);
    int to = length();
    try {
      String text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(data, at, to - at)).toString();
      at = to;
      return text;
    } catch (CharacterCodingException e) {
      throw wrong(at, name + " in UTF-8", "other bytes");
    }
  }

  /** A message in this one. */
  WireReader message(String name) throws FormatException {
    is(BYTES, name);
    int to = length();
    WireReader inner = new WireReader(file, data, at, to);
    at = to;
    return inner;
  }

  private void is(int expected, String name) throws FormatException {
    if (type != expected) {
      throw wrong(fieldAt, name + " as wire type " + expected, "wire type " + type);
    }
  }

  /** Reads a length; where what has it ends. */
  private int length() throws FormatException {
    int from = at;
    long length = varint("a length");
    if (length < 0 || length > end - at) {
      throw wrong(
          from,
          "a length of field " + field + " of at most " + (end - at) + " bytes",
          Long.toUnsignedString(length));
    }
    return at + (int) length;
  }

  private int need(int count) throws FormatException {
    if (end - at < count) {
      throw wrong(
          at,
          count + " bytes of field " + field,
          "the end after " + (end - at) + "; the file is cut");
    }
    return at + count;
  }

  private long varint(String what) throws FormatException {
    int from = at;
    long value = 0;
    for (int shift = 0; shift < 70; shift += 7) {
      if (at == end) {
        throw wrong(from, "all bytes of " + what, "the end; the file is cut");
      }
      byte next = data[at++];
      if (shift == 63 && next != 0 && next != 1) {
        break;
      }
      value |= (long) (next & 0x7F) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw wrong(from, what + " in at most 64 bits", "more");
  }

  /** An error at the field that is being read. */
  FormatException wrong(String expected, String found) {
    return wrong(fieldAt, expected, found);
  }

  private FormatException wrong(int at, String expected, String found) {
    return new FormatException(
        "%s: byte %d: expected %s, found %s.".formatted(file, at, expected, found));
  }
}

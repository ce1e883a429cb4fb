package io.github.llm4j.formats.sentencepiece;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes a message in the wire format of protocol buffers, field by field. */
final class WireWriter {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private void tag(int field, int type) {
    varint((long) field << 3 | type);
  }

  private void varint(long value) {
    long left = value;
    while ((left & ~0x7FL) != 0) {
      out.write((int) (left & 0x7F | 0x80));
      left >>>= 7;
    }
    out.write((int) left);
  }

  WireWriter int32(int field, int value) {
    tag(field, WireReader.VARINT);
    varint(value); // a negative one takes ten bytes: the format says so
    return this;
  }

  WireWriter flag(int field, boolean value) {
    return int32(field, value ? 1 : 0);
  }

  WireWriter single(int field, float value) {
    tag(field, WireReader.FIXED_32);
    int bits = Float.floatToIntBits(value);
    for (int shift = 0; shift < 32; shift += 8) {
      out.write(bits >> shift);
    }
    return this;
  }

  WireWriter bytes(int field, byte[] value) {
    tag(field, WireReader.BYTES);
    varint(value.length);
    out.writeBytes(value);
    return this;
  }

  WireWriter text(int field, String value) {
    return bytes(field, value.getBytes(StandardCharsets.UTF_8));
  }

  WireWriter message(int field, WireWriter value) {
    return bytes(field, value.toBytes());
  }

  byte[] toBytes() {
    return out.toByteArray();
  }
}

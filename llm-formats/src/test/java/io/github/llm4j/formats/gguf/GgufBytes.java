package io.github.llm4j.formats.gguf;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Puts a file together byte by byte, right or wrong. */
final class GgufBytes {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  static GgufBytes head(int version, long tensors, long keys) {
    return new GgufBytes()
        .raw("GGUF".getBytes(StandardCharsets.US_ASCII))
        .int32(version)
        .int64(tensors)
        .int64(keys);
  }

  GgufBytes raw(byte... bytes) {
    out.writeBytes(bytes);
    return this;
  }

  GgufBytes int32(int value) {
    return raw(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array());
  }

  GgufBytes int64(long value) {
    return raw(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array());
  }

  GgufBytes text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return int64(bytes.length).raw(bytes);
  }

  GgufBytes key(String key, ValueType type) {
    return text(key).int32(type.code());
  }

  GgufBytes tensor(String name, int type, long offset, long... sizes) {
    text(name).int32(sizes.length);
    for (long size : sizes) {
      int64(size);
    }
    return int32(type).int64(offset);
  }

  GgufBytes pad(int alignment) {
    return raw(new byte[(alignment - out.size() % alignment) % alignment]);
  }

  byte[] bytes() {
    return out.toByteArray();
  }
}

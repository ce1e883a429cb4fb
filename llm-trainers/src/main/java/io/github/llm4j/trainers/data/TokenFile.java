package io.github.llm4j.trainers.data;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * A file of ids: a head of 128 bytes (magic, version, bytes an id, number of ids, key), then the
 * ids, little-endian.
 */
final class TokenFile {
  static final int HEAD = 128;
  private static final long MAGIC = 0x4B4F544A344D4C4CL; // "LLM4JTOK" read little-endian
  private static final int VERSION = 1;

  private TokenFile() {}

  static ByteBuffer head(int width, long count, String key) {
    ByteBuffer head = ByteBuffer.allocate(HEAD).order(ByteOrder.LITTLE_ENDIAN);
    head.putLong(MAGIC).putInt(VERSION).putInt(width).putLong(count);
    head.put(key.getBytes(StandardCharsets.US_ASCII)); // 64 hexadecimal digits
    return head.clear();
  }

  /** Maps a file; empty if it isn't whole or isn't the one of this key. */
  static Optional<Tokens> open(Path path, int width, String key) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      long size = channel.size();
      if (size < HEAD) {
        return Optional.empty();
      }
      MemorySegment all = channel.map(FileChannel.MapMode.READ_ONLY, 0, size, Arena.ofAuto());
      long count = (size - HEAD) / width;
      MemorySegment wanted = MemorySegment.ofBuffer(head(width, count, key));
      if (all.asSlice(0, HEAD).mismatch(wanted) >= 0 || HEAD + count * width != size) {
        return Optional.empty();
      }
      return Optional.of(new Tokens(all.asSlice(HEAD), width));
    }
  }

  /** Puts ids behind those in a buffer. */
  static void put(MemorySegment buffer, int width, int[] ids) {
    for (int i = 0; i < ids.length; i++) {
      if (width == 2) {
        buffer.setAtIndex(
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN), i, (short) ids[i]);
      } else {
        buffer.setAtIndex(
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN), i, ids[i]);
      }
    }
  }
}

package io.github.llm4j.formats.gguf;

import io.github.llm4j.formats.NewFile;
import io.github.llm4j.formats.safetensors.NewTensor;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes GGUF files of version 3, little-endian, piece by piece: under a temporary name in the same
 * folder, forced to the disk, then renamed. The same input gives the same bytes.
 */
public final class GgufWriter {
  /** Bytes that are asked for at once. */
  private static final int CHUNK = 4 << 20;

  private final FileChannel channel;
  private final MemorySegment chunk;
  private final long alignment;
  private long written;

  private GgufWriter(FileChannel channel, MemorySegment chunk, long alignment) {
    this.channel = channel;
    this.chunk = chunk;
    this.alignment = alignment;
  }

  /**
   * Writes a file, over one that is there.
   *
   * @param path final name
   * @param metadata by key, in the order in which it is to lie in the file; {@code
   *     general.alignment} is obeyed, 32 without it
   * @param tensors in the order in which they are to lie in the file
   * @throws IllegalArgumentException if two tensors have one name or a key is longer than 65,535
   *     bytes
   * @throws IOException if it can't be written, or general.alignment isn't an integer and a power
   *     of two; nothing is left then, the old file stays
   */
  public static void write(Path path, Map<String, GgufValue> metadata, List<NewGgufTensor> tensors)
      throws IOException {
    Set<String> names = new HashSet<>();
    for (NewGgufTensor tensor : tensors) {
      if (!names.add(tensor.name())) {
        throw new IllegalArgumentException(
            "tensor '" + tensor.name() + "': expected a name of its own, found it taken.");
      }
    }
    for (String key : metadata.keySet()) {
      if (utf8(key).length > Head.MAX_NAME) {
        throw new IllegalArgumentException(
            "key '%.100s…': expected at most %d bytes, found %d."
                .formatted(key, Head.MAX_NAME, utf8(key).length));
      }
    }
    GgufValue given = metadata.get(Head.ALIGNMENT);
    long alignment = given == null ? Head.DEFAULT_ALIGNMENT : Head.alignment(given);
    NewFile.write(
        path,
        channel -> {
          try (Arena arena = Arena.ofConfined()) {
            MemorySegment chunk = arena.allocate(CHUNK, 64); // native: a device copies into it
            new GgufWriter(channel, chunk, alignment).write(metadata, tensors);
          }
        });
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private void write(Map<String, GgufValue> metadata, List<NewGgufTensor> tensors)
      throws IOException {
    put(
        GgufValue.little(24)
            .putInt(Head.MAGIC)
            .putInt(3)
            .putLong(tensors.size())
            .putLong(metadata.size()));
    for (Map.Entry<String, GgufValue> entry : metadata.entrySet()) {
      byte[] key = utf8(entry.getKey());
      GgufValue value = entry.getValue();
      put(
          GgufValue.little(12 + key.length)
              .putLong(key.length)
              .put(key)
              .putInt(value.type().code()));
      put(NewTensor.Data.of(value.encoded()));
    }
    long offset = 0;
    for (NewGgufTensor tensor : tensors) {
      byte[] name = utf8(tensor.name());
      ByteBuffer info = GgufValue.little(24 + name.length + 8 * tensor.shape().size());
      info.putLong(name.length).put(name).putInt(tensor.shape().size());
      tensor.shape().reversed().forEach(info::putLong);
      put(info.putInt(tensor.type().code()).putLong(offset));
      offset = Math.addExact(offset, tensor.data().bytes());
      offset = Math.addExact(offset, padding(offset));
    }
    pad();
    for (NewGgufTensor tensor : tensors) {
      put(tensor.data());
      pad(); // behind the last too: other readers ask for it
    }
  }

  private long padding(long at) {
    return (alignment - at % alignment) % alignment;
  }

  private void pad() throws IOException {
    for (long left = padding(written); left > 0; ) {
      MemorySegment zeros = chunk.asSlice(0, Math.min(CHUNK, left)).fill((byte) 0);
      left -= zeros.byteSize();
      all(zeros);
    }
  }

  private void put(ByteBuffer bytes) throws IOException {
    all(MemorySegment.ofBuffer(bytes.flip()));
  }

  private void put(NewTensor.Data data) throws IOException {
    for (long from = 0; from < data.bytes(); from += CHUNK) {
      MemorySegment part = chunk.asSlice(0, Math.min(CHUNK, data.bytes() - from));
      data.copy(from, part);
      all(part);
    }
  }

  private void all(MemorySegment part) throws IOException {
    written += part.byteSize();
    NewFile.all(channel, part.asByteBuffer());
  }
}

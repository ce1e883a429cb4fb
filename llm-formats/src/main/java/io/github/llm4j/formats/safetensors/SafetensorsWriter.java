package io.github.llm4j.formats.safetensors;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.github.llm4j.formats.NewFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Writes safetensors files: under a temporary name in the same folder, forced to the disk, then
 * renamed, so that a file of the final name is whole. The same tensors give the same bytes.
 */
public final class SafetensorsWriter {
  /** Where the elements begin is a multiple of this, so that mapped memory is aligned. */
  private static final int ALIGNMENT = 64;

  /** Bytes that are asked for at once. */
  private static final int CHUNK = 4 << 20;

  private SafetensorsWriter() {}

  /**
   * Writes a file, over one that is there.
   *
   * @param path final name
   * @param metadata said in the header besides tensors, as {@code format = pt}
   * @param tensors in any order; wide types go first, so that each is aligned to its elements
   * @throws IllegalArgumentException if two have one name
   * @throws IOException if it can't be written; nothing is left then, the old file stays
   */
  public static void write(Path path, Map<String, String> metadata, List<NewTensor> tensors)
      throws IOException {
    List<NewTensor> sorted = new ArrayList<>(tensors);
    sorted.sort(
        Comparator.comparingInt((NewTensor t) -> -t.type().bits()).thenComparing(NewTensor::name));
    byte[] header = header(metadata, sorted);
    NewFile.write(
        path,
        channel -> {
          ByteBuffer length = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
          NewFile.all(channel, length.putLong(header.length).flip());
          NewFile.all(channel, ByteBuffer.wrap(header));
          try (Arena arena = Arena.ofConfined()) {
            MemorySegment chunk = arena.allocate(CHUNK, 64); // native: a device copies into it
            for (NewTensor tensor : sorted) {
              elements(channel, tensor.data(), chunk);
            }
          }
        });
  }

  private static byte[] header(Map<String, String> metadata, List<NewTensor> tensors)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Set<String> names = new HashSet<>(Set.of("__metadata__"));
    try (JsonGenerator json = new JsonFactory().createGenerator(bytes)) {
      json.writeStartObject();
      if (!metadata.isEmpty()) {
        json.writeObjectFieldStart("__metadata__");
        for (Map.Entry<String, String> entry : new TreeMap<>(metadata).entrySet()) {
          json.writeStringField(entry.getKey(), entry.getValue());
        }
        json.writeEndObject();
      }
      long at = 0;
      for (NewTensor tensor : tensors) {
        if (!names.add(tensor.name())) {
          throw new IllegalArgumentException(
              "tensor '" + tensor.name() + "': expected a name of its own, found it taken.");
        }
        json.writeObjectFieldStart(tensor.name());
        json.writeStringField("dtype", tensor.type().name());
        json.writeFieldName("shape");
        long[] shape = tensor.shape().stream().mapToLong(Long::longValue).toArray();
        json.writeArray(shape, 0, shape.length);
        json.writeFieldName("data_offsets");
        json.writeArray(new long[] {at, at + tensor.data().bytes()}, 0, 2);
        json.writeEndObject();
        at += tensor.data().bytes();
      }
      json.writeEndObject();
    }
    int used = bytes.size();
    int padded = (8 + used + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT - 8;
    byte[] header = Arrays.copyOf(bytes.toByteArray(), padded);
    Arrays.fill(header, used, padded, (byte) ' ');
    return header;
  }

  private static void elements(FileChannel channel, NewTensor.Data data, MemorySegment chunk)
      throws IOException {
    for (long from = 0; from < data.bytes(); from += CHUNK) {
      MemorySegment part = chunk.asSlice(0, Math.min(CHUNK, data.bytes() - from));
      data.copy(from, part);
      NewFile.all(channel, part.asByteBuffer());
    }
  }
}

package io.github.llm4j.formats.safetensors;

import io.github.llm4j.formats.FormatException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A safetensors file, mapped into memory: 8 bytes of header length, a header in JSON, then the
 * elements, little-endian and row-major.
 *
 * <p>All of the header is checked before any tensor is given out: its length is at most 100 MB and
 * inside the file, names are unique, types known, elements countable in 63 bits, places without
 * gaps and overlaps, from the header's end to the file's.
 *
 * <p>Threading: reading is safe from any thread until {@link #close}.
 */
public final class SafetensorsFile implements AutoCloseable {
  private static final ValueLayout.OfLong LENGTH =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final Arena arena;
  private final MemorySegment elements;
  private final Map<String, TensorEntry> tensors;
  private final Map<String, String> metadata;

  private SafetensorsFile(
      Arena arena,
      MemorySegment elements,
      Map<String, TensorEntry> tensors,
      Map<String, String> metadata) {
    this.arena = arena;
    this.elements = elements;
    this.tensors = Collections.unmodifiableMap(tensors);
    this.metadata = Collections.unmodifiableMap(metadata);
  }

  /**
   * Maps a file and checks it.
   *
   * @throws FormatException if it isn't a valid safetensors file
   * @throws IOException if it can't be read
   */
  @SuppressWarnings("MustBeClosedChecker") // the file itself closes it
  public static SafetensorsFile open(Path path) throws IOException {
    String file = path.toString();
    Arena arena = Arena.ofShared();
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      MemorySegment all = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
      return read(file, all, arena);
    } catch (IOException | RuntimeException | Error e) {
      arena.close();
      throw e;
    }
  }

  private static SafetensorsFile read(String file, MemorySegment all, Arena arena)
      throws FormatException {
    if (all.byteSize() < 8) {
      throw new FormatException(
          file + ": expected 8 bytes of header length, found " + all.byteSize() + " bytes.");
    }
    long length = all.get(LENGTH, 0);
    if (length < 0 || length > Header.MAX_BYTES || length > all.byteSize() - 8) {
      throw new FormatException(
          file
              + ": expected a header of at most "
              + Math.min(Header.MAX_BYTES, all.byteSize() - 8)
              + " bytes, found a length of "
              + Long.toUnsignedString(length)
              + ".");
    }
    Header header = Header.parse(file, all.asSlice(8, length).toArray(ValueLayout.JAVA_BYTE));
    MemorySegment elements = all.asSlice(8 + length);
    Map<String, TensorEntry> tensors = new LinkedHashMap<>();
    for (TensorEntry entry : placed(file, header.entries, elements.byteSize())) {
      tensors.put(entry.name(), entry);
    }
    return new SafetensorsFile(arena, elements, tensors, header.metadata);
  }

  /** The entries in order of their places, checked to fill the file exactly. */
  private static List<TensorEntry> placed(String file, List<TensorEntry> entries, long bytes)
      throws FormatException {
    List<TensorEntry> sorted =
        entries.stream()
            .sorted(
                Comparator.comparingLong(TensorEntry::begin).thenComparingLong(TensorEntry::end))
            .toList();
    long at = 0;
    for (TensorEntry entry : sorted) {
      String where = file + ": tensor '" + Header.shown(entry.name()) + "'";
      if (entry.begin() != at || entry.end() < entry.begin()) {
        throw new FormatException(
            where
                + ": expected to begin at byte "
                + at
                + ", where the one before ends, found bytes "
                + entry.begin()
                + " to "
                + entry.end()
                + ".");
      }
      long size = size(where, entry);
      if (entry.bytes() != size) {
        throw new FormatException(
            where
                + ": expected "
                + size
                + " bytes for "
                + entry.type()
                + " "
                + entry.shape()
                + ", found "
                + entry.bytes()
                + ".");
      }
      at = entry.end();
    }
    if (at != bytes) {
      throw new FormatException(
          file
              + ": expected "
              + at
              + " bytes behind the header, found "
              + bytes
              + (bytes < at ? "; the file is cut." : "; something is appended to it."));
    }
    return sorted;
  }

  private static long size(String where, TensorEntry entry) throws FormatException {
    long bits;
    try {
      bits = Math.multiplyExact(entry.elements(), entry.type().bits());
    } catch (ArithmeticException e) {
      throw new FormatException(
          where + ": expected a shape whose elements can be counted, found " + entry.shape() + ".",
          e);
    }
    if (bits % 8 != 0) {
      throw new FormatException(
          where
              + ": expected whole bytes, found "
              + entry.type()
              + " "
              + entry.shape()
              + " with "
              + bits
              + " bits.");
    }
    return bits / 8;
  }

  /** All tensors by name, in the order in which they lie in the file. */
  public Map<String, TensorEntry> tensors() {
    return tensors;
  }

  /** What the header says besides tensors, as {@code format = pt}. */
  public Map<String, String> metadata() {
    return metadata;
  }

  /**
   * A tensor by name.
   *
   * @throws FormatException if there is none
   */
  public TensorEntry tensor(String name) throws FormatException {
    TensorEntry entry = tensors.get(name);
    if (entry == null) {
      throw new FormatException(
          "tensor '" + name + "': expected one of " + tensors.keySet() + ", found none.");
    }
    return entry;
  }

  /** The bytes of a tensor, as mapped: read-only, not aligned, valid until {@link #close}. */
  public MemorySegment data(String name) throws FormatException {
    TensorEntry entry = tensor(name);
    return elements.asSlice(entry.begin(), entry.bytes());
  }

  /** The elements of a tensor of F32, F16, BF16 or F64 as floats, F64 rounded. */
  public float[] floats(String name) throws FormatException {
    return Elements.floats(tensor(name), data(name));
  }

  /** The elements of a tensor of any integer type of at most 64 bits, U64 excepted. */
  public long[] longs(String name) throws FormatException {
    return Elements.longs(tensor(name), data(name));
  }

  /** Unmaps the file; memory that {@link #data} gave is invalid then. */
  @Override
  public void close() {
    arena.close();
  }
}

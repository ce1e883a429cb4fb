package io.github.llm4j.formats.gguf;

import io.github.llm4j.formats.FormatException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;

/**
 * A GGUF file of version 2 or 3, little-endian, mapped into memory: a head, metadata by key, infos
 * about tensors, then their elements.
 *
 * <p>All of it but the elements is walked over and checked before anything is given out, in time
 * linear in its bytes: counts and lengths end inside the file, types are known, keys and names are
 * unique and UTF-8, tensors lie aligned in the file and don't overlap. What is kept of metadata is
 * where it lies: arrays and strings are decoded when they are asked for.
 *
 * <p>Threading: reading is safe from any thread until {@link #close}.
 *
 * <p>Source: the format's description, github.com/ggml-org/ggml, docs/gguf.md. Limits of ours: at
 * most 1,000,000 keys and as many tensors, 65,535 bytes of a name, 16 arrays in each other.
 */
public final class GgufFile implements AutoCloseable {
  private final Arena arena;
  private final String file;
  private final MemorySegment all;
  private final Head head;

  private GgufFile(Arena arena, String file, MemorySegment all, Head head) {
    this.arena = arena;
    this.file = file;
    this.all = all;
    this.head = head;
  }

  /**
   * Maps a file and checks it.
   *
   * @throws FormatException if it isn't a valid GGUF file
   * @throws IOException if it can't be read
   */
  @SuppressWarnings("MustBeClosedChecker") // the file itself closes it
  public static GgufFile open(Path path) throws IOException {
    String file = path.toString();
    Arena arena = Arena.ofShared();
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      MemorySegment all = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
      return new GgufFile(arena, file, all, Head.read(file, all));
    } catch (IOException | RuntimeException | Error e) {
      arena.close();
      throw e;
    }
  }

  /** The format's version, 2 or 3. */
  public int version() {
    return head.version;
  }

  /** What the beginning of each tensor is a multiple of, counted from the end of the infos. */
  public long alignment() {
    return head.alignment;
  }

  /** All metadata by key, in the order of the file. */
  public Map<String, GgufValue> metadata() {
    return head.metadata;
  }

  /** A value that may be absent. */
  public Optional<GgufValue> find(String key) {
    return Optional.ofNullable(head.metadata.get(key));
  }

  /**
   * A value that has to be there.
   *
   * @throws FormatException if it isn't
   */
  public GgufValue value(String key) throws FormatException {
    GgufValue value = head.metadata.get(key);
    if (value == null) {
      throw new FormatException(
          "%s: expected a value of '%s', found none among %d keys."
              .formatted(file, key, head.metadata.size()));
    }
    return value;
  }

  /** All tensors by name, in the order of the file's infos. */
  public Map<String, GgufTensor> tensors() {
    return head.tensors;
  }

  /**
   * A tensor by name.
   *
   * @throws FormatException if there is none
   */
  public GgufTensor tensor(String name) throws FormatException {
    GgufTensor tensor = head.tensors.get(name);
    if (tensor == null) {
      throw new FormatException(
          "%s: expected a tensor '%s', found none among %d."
              .formatted(file, name, head.tensors.size()));
    }
    return tensor;
  }

  /** The bytes of a tensor, as mapped: read-only, not aligned, valid until {@link #close}. */
  public MemorySegment data(String name) throws FormatException {
    GgufTensor tensor = tensor(name);
    return all.asSlice(tensor.begin(), tensor.bytes());
  }

  /** Unmaps the file; values and memory that it gave are invalid then. */
  @Override
  public void close() {
    arena.close();
  }
}

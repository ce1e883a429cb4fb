package io.github.llm4j.trainers.data;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A token file while it is written: {@code NAME.part}, and beside it {@code NAME.mark}, which says
 * up to which piece of the text the ids are on the disk. After a kill, writing goes on behind the
 * mark.
 *
 * <p>One process writes at a time: it holds a lock on the part.
 */
final class PartialTokens implements AutoCloseable {
  private final Path file;
  private final Path part;
  private final Path mark;
  private final FileChannel out;
  private final FileLock lock;
  private final int width;
  private long pieces;
  private long count;

  private PartialTokens(Path file, FileChannel out, FileLock lock, int width) {
    this.file = file;
    this.part = beside(file, ".part");
    this.mark = beside(file, ".mark");
    this.out = out;
    this.lock = lock;
    this.width = width;
  }

  private static Path beside(Path file, String suffix) {
    return file.resolveSibling(file.getFileName() + suffix);
  }

  /** The part of a file, at its mark; empty if another process writes it. */
  static Optional<PartialTokens> open(Path file, int width) throws IOException {
    FileChannel out =
        FileChannel.open(
            beside(file, ".part"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    @Nullable FileLock lock;
    try {
      lock = out.tryLock();
    } catch (OverlappingFileLockException e) {
      lock = null;
    }
    if (lock == null) {
      out.close();
      return Optional.empty();
    }
    PartialTokens tokens = new PartialTokens(file, out, lock, width);
    tokens.resume();
    return Optional.of(tokens);
  }

  /** Goes to the mark, or to the beginning if there is none that fits. */
  private void resume() throws IOException {
    if (Files.exists(mark)) {
      String[] numbers = Files.readString(mark, StandardCharsets.US_ASCII).trim().split(" ", -1);
      boolean fits = numbers.length == 2 && numbers[0].matches("\\d{1,18}");
      if (fits && numbers[1].matches("\\d{1,18}")) {
        long marked = Long.parseLong(numbers[1]);
        if (out.size() >= TokenFile.HEAD + marked * width) {
          pieces = Long.parseLong(numbers[0]);
          count = marked;
        }
      }
    }
    out.truncate(TokenFile.HEAD + count * width);
    out.position(TokenFile.HEAD + count * width);
  }

  /** Pieces of the text whose ids are there. */
  long pieces() {
    return pieces;
  }

  /** Adds the ids of the next piece. */
  void add(int[] ids) throws IOException {
    byte[] bytes = new byte[ids.length * width];
    TokenFile.put(MemorySegment.ofArray(bytes), width, ids);
    writeAll(ByteBuffer.wrap(bytes));
    pieces++;
    count += ids.length;
  }

  /** Flushes what was added, and says so beside it. */
  void mark() throws IOException {
    out.force(false);
    Path fresh = Files.createTempFile(mark.getParent(), "mark-", ".part");
    try {
      Files.writeString(fresh, pieces + " " + count, StandardCharsets.US_ASCII);
      Files.move(fresh, mark, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  /** Gives the file its head and its name. */
  void finish(String key) throws IOException {
    out.position(0);
    writeAll(TokenFile.head(width, count, key));
    out.force(true);
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    Files.deleteIfExists(mark);
  }

  /** Removes what was written: the text can't be tokenized. */
  void discard() throws IOException {
    Files.deleteIfExists(mark);
    Files.deleteIfExists(part);
  }

  private void writeAll(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      int written = out.write(bytes);
      if (written < 0) {
        throw new IOException("nothing written");
      }
    }
  }

  @Override
  public void close() throws IOException {
    lock.release();
    out.close();
  }
}

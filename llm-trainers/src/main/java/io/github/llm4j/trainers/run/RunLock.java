package io.github.llm4j.trainers.run;

import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a run's folder for one process. The system drops the lock with its process, however that
 * ends; the file says who holds it.
 */
final class RunLock implements AutoCloseable {
  private static final String NAME = "run.lock";

  /** One byte behind any text, because what is locked can't be read on Windows. */
  private static final long LOCKED = Long.MAX_VALUE - 1;

  private final Path file;
  private final FileChannel channel;

  private RunLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Takes a folder, which must be there.
   *
   * @throws LlmException if another process holds it
   */
  static RunLock take(Path folder) {
    Path file = folder.resolve(NAME);
    try {
      FileChannel channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      try {
        if (!locked(channel)) {
          throw new LlmException(
              ErrorKind.RESOURCES,
              "%s: a run that nobody works on expected, found it held by %s. Wait until it is done, or stop it."
                  .formatted(folder, Files.readString(file).strip()));
        }
        write(channel, holder());
        return new RunLock(file, channel);
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
    } catch (IOException e) {
      throw RunFolder.refused(file, e);
    }
  }

  /** Who holds a folder at this moment. */
  static Optional<String> holder(Path folder) {
    Path file = folder.resolve(NAME);
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      return locked(channel) ? Optional.empty() : Optional.of(Files.readString(file).strip());
    } catch (IOException e) {
      return Optional.empty(); // no such file: nobody
    }
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      @Nullable FileLock lock = channel.tryLock(LOCKED, 1, false);
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false; // this very process
    }
  }

  private static void write(FileChannel channel, String text) throws IOException {
    channel.truncate(0);
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private static String holder() {
    return "process %d%s since %s\n"
        .formatted(
            ProcessHandle.current().pid(), host(), Instant.now().truncatedTo(ChronoUnit.SECONDS));
  }

  /** The machine's name where the system tells it without a network call. */
  private static String host() {
    Path file = Path.of("/etc/hostname");
    try {
      return Files.isRegularFile(file) ? " on " + Files.readString(file).strip() : "";
    } catch (IOException e) {
      return "";
    }
  }

  @Override
  public void close() {
    try {
      channel.truncate(0); // the file stays: a removed one could be locked by two
      channel.close();
    } catch (IOException e) {
      throw RunFolder.refused(file, e);
    }
  }
}

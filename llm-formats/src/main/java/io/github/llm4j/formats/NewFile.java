package io.github.llm4j.formats;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Writes a file so that one of its final name is whole: under a temporary name in the same folder,
 * forced to the disk, then renamed.
 */
public final class NewFile {
  private NewFile() {}

  /** What a file consists of. */
  @FunctionalInterface
  public interface Body {

    /** Writes all of it. */
    void write(FileChannel channel) throws IOException;
  }

  /**
   * Writes a file, over one that is there.
   *
   * @param path final name
   * @param body writes its bytes, in order
   * @throws IOException if it can't be written; nothing is left then, the old file stays
   */
  public static void write(Path path, Body body) throws IOException {
    Path target = path.toAbsolutePath();
    Path folder = target.getParent();
    if (folder == null) {
      throw new IOException(path + ": expected the name of a file, found a root folder.");
    }
    // no file of createTempFile: nobody but its owner could read the result
    Path temporary =
        folder.resolve("." + target.getFileName() + "-" + ProcessHandle.current().pid() + ".tmp");
    try {
      try (FileChannel channel =
          FileChannel.open(
              temporary,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        body.write(channel);
        channel.force(true);
      }
      Files.move(
          temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(temporary);
    }
    forceFolder(folder);
  }

  /** Writes all that is left in a buffer, which a channel alone doesn't promise. */
  public static void all(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** Makes the new name last, where the system can force a folder. */
  private static void forceFolder(Path folder) throws IOException {
    FileChannel channel;
    try {
      channel = FileChannel.open(folder, StandardOpenOption.READ);
    } catch (IOException e) {
      return; // Windows opens no folder, and needs no forcing: its renames are logged
    }
    try (channel) {
      channel.force(true);
    }
  }
}

package io.github.llm4j.trainers.data;

import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A text that is there and isn't empty.
 *
 * @param path where it lies
 * @param key config key that names it, for messages
 * @param bytes its size
 */
record TextFile(Path path, String key, long bytes) {

  /**
   * Looks at a file.
   *
   * @throws LlmException if it is missing, a folder, unreadable or empty
   */
  static TextFile of(Path path, String key) {
    if (!Files.exists(path)) {
      throw wrong(key, "a text file", "no file " + path.toAbsolutePath(), "Mend the path");
    }
    if (Files.isDirectory(path)) {
      throw wrong(key, "a text file", "the folder " + path, "Name a file in it");
    }
    if (!Files.isReadable(path)) {
      throw wrong(key, "a readable file", path + " without read permission", "Change its rights");
    }
    try {
      long bytes = Files.size(path);
      if (bytes == 0) {
        throw wrong(key, "text", "the empty file " + path, "Put text into it or name another file");
      }
      return new TextFile(path, key, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static LlmException wrong(String key, String expected, String found, String todo) {
    return new LlmException(
        ErrorKind.USER, "%s: %s expected, found %s. %s.".formatted(key, expected, found, todo));
  }

  /** Opens the text, strictly decoded. */
  StrictUtf8Reader open() throws IOException {
    return new StrictUtf8Reader(path);
  }

  /** SHA-256 of its bytes, in hexadecimal. */
  String hash() {
    Hash hash = new Hash();
    try (InputStream in = Files.newInputStream(path)) {
      byte[] buffer = new byte[1 << 16];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        hash.add(buffer, n);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return hash.hex();
  }
}

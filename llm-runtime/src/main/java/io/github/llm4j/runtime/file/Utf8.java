package io.github.llm4j.runtime.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads small texts, and says which of their bytes are no UTF-8. */
public final class Utf8 {
  private Utf8() {}

  /**
   * All of a file.
   *
   * @throws IOException if it can't be read, or holds a byte that is no UTF-8: says which and where
   */
  public static String read(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
    CharBuffer chars = CharBuffer.allocate(bytes.remaining()); // a character has a byte or more
    if (StandardCharsets.UTF_8.newDecoder().decode(bytes, chars, true).isError()) {
      throw new Malformed(bytes);
    }
    return chars.flip().toString();
  }

  /** A text with a byte that is no UTF-8. */
  private static final class Malformed extends CharacterCodingException {
    private static final long serialVersionUID = 1;
    private final String message;

    /** The byte at the buffer's position. */
    Malformed(ByteBuffer bytes) {
      int line = 1;
      for (int i = 0; i < bytes.position(); i++) {
        line += bytes.get(i) == '\n' ? 1 : 0;
      }
      message =
          "byte 0x%02X at offset %d, in line %d, which is none"
              .formatted(bytes.get(bytes.position()), bytes.position(), line);
    }

    @Override
    public String getMessage() {
      return message;
    }

    /** Without the class's name: it stands in messages behind "found". */
    @Override
    public String toString() {
      return message;
    }
  }
}

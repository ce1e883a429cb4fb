package io.github.llm4j.trainers.data;

import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads UTF-8 and nothing else: a byte that doesn't fit is an error with file, line and byte, never
 * a replacement character. A byte-order mark at the beginning is no text and is left out; nothing
 * else is changed, line ends included.
 */
final class StrictUtf8Reader extends Reader {
  private static final int BYTES = 1 << 16;

  private final Path path;
  private final InputStream stream;
  private final ByteBuffer in = ByteBuffer.allocate(BYTES).limit(0);
  private final CharsetDecoder utf8 =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT);
  private boolean begun;
  private boolean ended;
  private long line = 1;
  private long bytes;

  StrictUtf8Reader(Path path) throws IOException {
    this.path = path;
    this.stream = Files.newInputStream(path);
  }

  /** Bytes decoded so far. */
  long bytes() {
    return bytes;
  }

  @Override
  public int read(char[] buffer, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (length == 1) { // room for a surrogate pair is needed
      throw new IllegalArgumentException("reads at least two chars at a time");
    }
    CharBuffer out = CharBuffer.wrap(buffer, offset, length);
    while (true) {
      int before = in.position();
      CoderResult result = utf8.decode(in, out, ended);
      bytes += in.position() - before;
      int made = out.position();
      for (int i = 0; i < made; i++) {
        if (buffer[offset + i] == '\n') {
          line++;
        }
      }
      if (made > 0) {
        if (!begun) {
          begun = true;
          if (buffer[offset] == '\uFEFF') {
            System.arraycopy(buffer, offset + 1, buffer, offset, made - 1);
            made--;
          }
        }
        if (made > 0) {
          return made;
        }
        out.position(0);
      }
      if (result.isError()) {
        throw malformed();
      }
      if (ended && !in.hasRemaining()) {
        return -1;
      }
      fill();
    }
  }

  private void fill() throws IOException {
    in.compact();
    int n = stream.read(in.array(), in.position(), in.remaining());
    if (n < 0) {
      ended = true;
    } else {
      in.position(in.position() + n);
    }
    in.flip();
  }

  private LlmException malformed() {
    return new LlmException(
        ErrorKind.USER,
        "%s:%d: UTF-8 text expected, found byte 0x%02X at offset %d, which is none. Save the file as UTF-8."
            .formatted(path, line, in.get(in.position()) & 0xFF, bytes));
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }
}

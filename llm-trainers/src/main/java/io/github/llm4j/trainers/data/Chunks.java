package io.github.llm4j.trainers.data;

import java.io.IOException;

/**
 * A text in pieces that are tokenized one by one. A piece ends between a letter or digit and a line
 * break, where pre-tokenizers have a border whatever stands around it; a text without such a place
 * is one piece.
 */
final class Chunks implements AutoCloseable {
  private final StrictUtf8Reader reader;
  private final int wanted;
  private final char[] buffer = new char[1 << 16];
  private final StringBuilder held = new StringBuilder();
  private long line = 1;
  private long nextLine = 1;
  private boolean ended;

  /**
   * Pieces of a text.
   *
   * @param wanted characters of a piece, at least
   */
  Chunks(TextFile text, int wanted) throws IOException {
    this.reader = text.open();
    this.wanted = wanted;
  }

  /** The next piece; empty at the end. */
  String next() throws IOException {
    int searched = 0;
    while (true) {
      int border = held.length() >= wanted ? lastBorder(searched) : -1;
      if (ended) {
        border = held.length();
      }
      if (border >= 0) {
        String chunk = held.substring(0, border);
        held.delete(0, border);
        line = nextLine;
        nextLine += chunk.chars().filter(c -> c == '\n').count();
        return chunk;
      }
      searched = held.length() >= wanted ? held.length() : 0;
      int n = reader.read(buffer, 0, buffer.length);
      if (n < 0) {
        ended = true;
      } else {
        held.append(buffer, 0, n);
      }
    }
  }

  private int lastBorder(int searched) {
    for (int i = held.length() - 1; i > Math.max(0, searched - 1); i--) {
      if (held.charAt(i) == '\n' && Character.isLetterOrDigit(held.charAt(i - 1))) {
        return i;
      }
    }
    return -1;
  }

  /** Line on which the last piece begins. */
  long line() {
    return line;
  }

  /** Bytes read. */
  long bytes() {
    return reader.bytes();
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}

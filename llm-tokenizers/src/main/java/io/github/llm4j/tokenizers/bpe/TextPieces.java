package io.github.llm4j.tokenizers.bpe;

import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.tokenizers.pipeline.Borders;
import java.io.IOException;
import java.io.Reader;
import java.util.List;

/**
 * A text in pieces whose words are those of the whole: a piece ends where a word ends whatever
 * stands around it, and never inside a special token.
 */
final class TextPieces {
  private static final int MOST = 1 << 28;

  private final Reader reader;
  private final Borders borders;
  private final List<String> special;
  private final int wanted;
  private final int longest;
  private final char[] buffer = new char[1 << 16];
  private final StringBuilder held = new StringBuilder();
  private boolean ended;

  /**
   * Pieces of a text.
   *
   * @param special texts of special tokens
   * @param wanted characters of a piece, at least
   */
  TextPieces(Reader reader, Borders borders, List<String> special, int wanted) {
    this.reader = reader;
    this.borders = borders;
    this.special = special;
    this.wanted = wanted;
    this.longest = special.stream().mapToInt(String::length).max().orElse(0) + 1;
  }

  /** The next piece; empty at the end. */
  String next() throws IOException {
    int aim = wanted;
    int searched = 0;
    while (true) {
      while (!ended && held.length() < aim) {
        int n = reader.read(buffer, 0, buffer.length);
        if (n < 0) {
          ended = true;
        } else {
          held.append(buffer, 0, n);
        }
      }
      int border = ended ? held.length() : lastBorder(searched);
      if (border >= 0) {
        String piece = held.substring(0, border);
        held.delete(0, border);
        return piece;
      }
      if (aim >= MOST) {
        throw new LlmException(
            ErrorKind.USER,
            "tokenizer: a training text with words expected, found %,d characters without an end of a word. Put blanks into it."
                .formatted(held.length()));
      }
      searched = aim - longest; // a special token that was cut may have hidden a border
      aim *= 2;
    }
  }

  /** The last place to part from the end on; not before {@code least}, which was searched. */
  private int lastBorder(int least) {
    for (int i = held.length() - 1; i > Math.max(0, least); i--) {
      if (borders.at(held, i) && !insideSpecial(i)) {
        return i;
      }
    }
    return -1;
  }

  private boolean insideSpecial(int border) {
    for (String token : special) {
      for (int from = Math.max(0, border - token.length() + 1); from < border; from++) {
        boolean here = from + token.length() <= held.length();
        // a token that goes on behind what is held may be inside too
        int seen = here ? token.length() : held.length() - from;
        if (held.substring(from, from + seen).equals(token.substring(0, seen))) {
          return true;
        }
      }
    }
    return false;
  }
}

package io.github.llm4j.tokenizers.pipeline;

import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * How many blanks the entries of a vocabulary begin and end with; the letter for a space counts as
 * one. Threading: any number of threads: what is noted of an id is one number, the same whoever
 * computes it.
 */
public final class TokenEdges {
  private static final char SPACE_LETTER = '\u0120';

  private final int size;
  private final IntFunction<String> token;

  /** Blanks at both ends, plus one; 0 where nobody has looked yet. */
  private volatile int @Nullable [] known;

  TokenEdges(int size, IntFunction<String> token) {
    this.size = size;
    this.token = token;
  }

  /** Blanks that a token begins with. */
  public int leading(int id) {
    return edges(id) >>> 16;
  }

  /** Blanks that a token ends with. */
  public int trailing(int id) {
    return edges(id) & 0xFFFF;
  }

  private int edges(int id) {
    if (id >= size) {
      return 0; // put around the text by a file that doesn't know its own vocabulary
    }
    int[] all = known;
    if (all == null) {
      all = new int[size];
      known = all;
    }
    if (all[id] == 0) {
      String text = token.apply(id);
      int length = text.length();
      int leading = 0;
      while (leading < length && isBlank(text.charAt(leading))) {
        leading++;
      }
      int trailing = 0;
      while (trailing < length && isBlank(text.charAt(length - 1 - trailing))) {
        trailing++;
      }
      all[id] = (Math.min(leading, 0x7FFE) << 16 | Math.min(trailing, 0xFFFE)) + 1;
    }
    return all[id] - 1;
  }

  private static boolean isBlank(char c) {
    return c == SPACE_LETTER || Blanks.isBlank(c);
  }
}

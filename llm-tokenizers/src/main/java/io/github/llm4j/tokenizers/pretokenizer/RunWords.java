package io.github.llm4j.tokenizers.pretokenizer;

import io.github.llm4j.tokenizers.pipeline.Utf8;
import java.util.function.IntPredicate;

/**
 * Words of the characters of a set, before which one of another may stand; between them nothing is
 * a word: {@code [prefix]?[set]{least,most}}. Linear: a character is looked at {@code least + 1}
 * times at most.
 */
final class RunWords implements Words {
  private final IntPredicate prefix;
  private final IntPredicate set;
  private final int least;
  private final int most;
  private final boolean[] asciiPrefix = new boolean[128];
  private final boolean[] ascii = new boolean[128];

  /** Runs of a set. */
  RunWords(IntPredicate set, int least, int most) {
    this(c -> false, set, least, most);
  }

  /**
   * Runs of a set, as long as they get.
   *
   * @param prefix what may stand before one: none of the set
   */
  RunWords(IntPredicate prefix, IntPredicate set) {
    this(prefix, set, 1, Integer.MAX_VALUE);
  }

  private RunWords(IntPredicate prefix, IntPredicate set, int least, int most) {
    this.prefix = prefix;
    this.set = set;
    this.least = least;
    this.most = most;
    for (int c = 0; c < ascii.length; c++) {
      asciiPrefix[c] = prefix.test(c);
      ascii[c] = set.test(c);
    }
  }

  @Override
  public int end(byte[] utf8, int at, int to) {
    int end = match(utf8, at, to);
    if (end > at) {
      return end;
    }
    int i = at;
    do {
      i += Utf8.lengthAt(utf8[i]);
    } while (i < to && match(utf8, i, to) == i);
    return ~i;
  }

  /** End of the word that begins at a place; the place itself if none does. */
  private int match(byte[] utf8, int from, int to) {
    byte b = utf8[from];
    boolean prefixed = b >= 0 ? asciiPrefix[b] : prefix.test(Utf8.codePoint(utf8, from));
    int i = prefixed ? from + Utf8.lengthAt(b) : from;
    int n = 0;
    while (i < to && n < most && hasAt(utf8, i)) {
      i += Utf8.lengthAt(utf8[i]);
      n++;
    }
    return n < least ? from : i;
  }

  private boolean hasAt(byte[] utf8, int at) {
    byte b = utf8[at];
    return b >= 0 ? ascii[b] : set.test(Utf8.codePoint(utf8, at));
  }

  @Override
  public boolean alwaysParts(int before, int after) {
    if (least > 1 || prefix.test(before)) {
      return false;
    }
    return set.test(before) != set.test(after) || (most == 1 && set.test(before));
  }

  @Override
  public boolean separable(int before, int after) {
    if (!set.test(after)) {
      return true;
    }
    return !prefix.test(before)
        && (!set.test(before) || (least == 1 && (most == 1 || most == Integer.MAX_VALUE)));
  }
}

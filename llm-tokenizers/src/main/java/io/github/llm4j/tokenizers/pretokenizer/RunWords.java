package io.github.llm4j.tokenizers.pretokenizer;

import io.github.llm4j.tokenizers.pipeline.Utf8;
import java.util.function.IntPredicate;

/**
 * Words of the characters of a set, between which nothing is a word: {@code [...]{least,most}}.
 * Linear: a character is looked at {@code least} times at most.
 */
final class RunWords implements Words {
  private final IntPredicate set;
  private final int least;
  private final int most;
  private final boolean[] ascii = new boolean[128];

  RunWords(IntPredicate set, int least, int most) {
    this.set = set;
    this.least = least;
    this.most = most;
    for (int c = 0; c < ascii.length; c++) {
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
    int i = from;
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
    return least == 1
        && (most == 1 ? set.test(before) || set.test(after) : set.test(before) != set.test(after));
  }

  @Override
  public boolean separable(int before, int after) {
    return (least == 1 && (most == 1 || most == Integer.MAX_VALUE))
        || !set.test(before)
        || !set.test(after);
  }
}

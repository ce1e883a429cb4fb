package io.github.llm4j.tokenizers.pipeline;

import java.util.Optional;

/**
 * Where a text may be parted with its words and tokens those of the whole, judged by what the
 * characters on both sides are normalized to.
 *
 * <p>Threading: any number of threads; what is noted of a character is one number, the same whoever
 * computes it.
 */
public final class Borders {
  private static final int NOTHING = -1;
  private static final int UNKNOWN = 0;
  private static final int CHARS = 1 << 16;

  private final Optional<Normalizer> normalizer;
  private final Parts parts;

  /** First and last character that a char is normalized to, plus two. */
  private final int[] firsts;

  private final int[] lasts;

  /** Says whether normalized texts may be parted between two characters. */
  @FunctionalInterface
  public interface Parts {
    /** Whether they may. */
    boolean between(int before, int after);
  }

  /** Borders of texts that are normalized first. */
  public Borders(Optional<Normalizer> normalizer, Parts parts) {
    this.normalizer = normalizer;
    this.parts = parts;
    this.firsts = new int[normalizer.isPresent() ? CHARS : 0];
    this.lasts = new int[normalizer.isPresent() ? CHARS : 0];
  }

  /** Whether a text may be parted before a char that isn't its first. */
  public boolean at(CharSequence text, int border) {
    char before = text.charAt(border - 1);
    char after = text.charAt(border);
    if (Surrogates.isSurrogate(before) || Surrogates.isSurrogate(after)) {
      return false;
    }
    if (normalizer.isEmpty()) {
      return parts.between(before, after);
    }
    // Both are normalized by themselves only if their other neighbours leave them alone too.
    if (border < 2 || border + 1 >= text.length()) {
      return false;
    }
    int last = last(before);
    int first = first(after);
    return last != NOTHING
        && first != NOTHING
        && parts.between(last, first)
        && alone(text.charAt(border - 2), before)
        && alone(before, after)
        && alone(after, text.charAt(border + 1));
  }

  private boolean alone(char before, char after) {
    return !Surrogates.isSurrogate(before)
        && !Surrogates.isSurrogate(after)
        && normalizer.isPresent()
        && normalizer.get().parts(before, after);
  }

  private int first(char c) {
    if (firsts[c] == UNKNOWN) {
      note(c);
    }
    return firsts[c] - 2;
  }

  private int last(char c) {
    if (lasts[c] == UNKNOWN) {
      note(c);
    }
    return lasts[c] - 2;
  }

  private void note(char c) {
    Text text = new Text(false);
    text.set(new char[] {c}, 1, 1, true, () -> Surrogates.lone("normalizer", String.valueOf(c)));
    Text result = new Text(false);
    normalizer.ifPresent(n -> n.open(false, result::append).take(text, 0, text.length()));
    int length = result.length();
    byte[] utf8 = result.bytes();
    lasts[c] = 2 + (length == 0 ? NOTHING : Utf8.codePoint(utf8, Utf8.before(utf8, length)));
    firsts[c] = 2 + (length == 0 ? NOTHING : Utf8.codePoint(utf8, 0));
  }
}

package io.github.llm4j.tokenizers.pretokenizer;

import io.github.llm4j.tokenizers.pipeline.Utf8;

/**
 * Words between characters of a set.
 *
 * @param set what is cut at
 * @param behavior what becomes of it
 */
record KindWords(long set, Behavior behavior) implements Words {

  @Override
  public int end(byte[] utf8, int at, int to) {
    boolean cut = Kinds.hasAt(set, utf8, at);
    int one = at + Utf8.lengthAt(utf8[at]);
    if (!cut) {
      int end = Kinds.skip(~set, utf8, one, to);
      return behavior == Behavior.MERGED_WITH_PREVIOUS && end < to
          ? end + Utf8.lengthAt(utf8[end])
          : end;
    }
    return switch (behavior) {
      case REMOVED -> ~Kinds.skip(set, utf8, one, to);
      case CONTIGUOUS -> Kinds.skip(set, utf8, one, to);
      case MERGED_WITH_NEXT -> Kinds.skip(~set, utf8, one, to);
      case ISOLATED, MERGED_WITH_PREVIOUS -> one;
    };
  }

  @Override
  public boolean alwaysParts(int before, int after) {
    return parts(behavior, Kinds.has(set, before), Kinds.has(set, after));
  }

  /** Whether a word ends between two characters of which it is known whether they are cut at. */
  static boolean parts(Behavior behavior, boolean before, boolean after) {
    return switch (behavior) {
      case REMOVED, ISOLATED -> before || after;
      case CONTIGUOUS -> before != after;
      case MERGED_WITH_PREVIOUS -> before;
      case MERGED_WITH_NEXT -> after;
    };
  }

  @Override
  public boolean separable(int before, int after) {
    return true;
  }
}

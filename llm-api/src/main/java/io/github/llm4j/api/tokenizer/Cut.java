package io.github.llm4j.api.tokenizer;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the tokens of one or two texts so that they have room beside special tokens.
 *
 * @param added how many special tokens there will be
 */
record Cut(Truncation truncation, int added) {
  /** More encodings of one input would fill the memory. */
  private static final long MOST_PARTS = 1 << 20;

  /** The input with its overflow: each part of the first text with each of the second. */
  Encoding parts(Encoding text, @Nullable Encoding pair, InputEncoder.Join join) {
    int room = truncation.maxLength() - added;
    if (room < 0) {
      throw InputEncoder.user(
          "truncation: a maximal length that has room for the %d special tokens expected, found %d."
              .formatted(added, truncation.maxLength()));
    }
    int n1 = text.size();
    int n2 = pair == null ? 0 : pair.size();
    long over = (long) n1 + n2 - room;
    if (over <= 0) {
      return join.join(text, pair);
    }
    if (room == 0) {
      return joined(windows(text, 0), pair == null ? null : windows(pair, 0), join);
    }
    switch (truncation.strategy()) {
      case ONLY_FIRST -> n1 = shorter(n1, over, "first");
      case ONLY_SECOND -> n2 = shorter(n2, over, "second");
      case LONGEST_FIRST -> {
        int least = pair == null ? 0 : Math.min(n1, n2);
        int most = pair == null ? room : Math.max(least, room - least);
        if (least + (long) most > room) {
          least = room / 2;
          most = room - least;
        }
        boolean swap = pair != null && n1 > n2;
        n1 = pair == null || swap ? most : least;
        n2 = swap ? least : most;
      }
    }
    List<Encoding> texts = windows(text, n1);
    if (pair == null) {
      return joined(texts, null, join);
    }
    return joined(texts, windows(pair, n2), join);
  }

  private static int shorter(int length, long over, String which) {
    if (length <= over) {
      throw InputEncoder.user(
          ("truncation: a %s text of more than %d tokens expected, which are too many, found %d."
                  + " Cut the longest first, or allow longer inputs.")
              .formatted(which, over, length));
    }
    return (int) (length - over);
  }

  private Encoding joined(
      List<Encoding> texts, @Nullable List<Encoding> pairs, InputEncoder.Join join) {
    if (pairs == null) {
      List<Encoding> overflow = new ArrayList<>();
      for (Encoding part : texts.subList(1, texts.size())) {
        overflow.add(join.join(part, null));
      }
      return join.join(texts.getFirst(), null).withOverflow(overflow);
    }
    if ((long) texts.size() * pairs.size() > MOST_PARTS) {
      throw InputEncoder.user(
          ("truncation: at most %,d parts expected, found %,d of the first text with each of %,d of"
                  + " the second. Cut one text only, or leave the overflow away.")
              .formatted(MOST_PARTS, texts.size(), pairs.size()));
    }
    List<Encoding> all = new ArrayList<>();
    for (Encoding part : texts.subList(1, texts.size())) {
      pairs.forEach(second -> all.add(join.join(part, second)));
    }
    pairs.subList(1, pairs.size()).forEach(s -> all.add(join.join(texts.getFirst(), s)));
    return join.join(texts.getFirst(), pairs.getFirst()).withOverflow(all);
  }

  /** Parts of at most so many tokens, each of which shares the stride with the one before it. */
  private List<Encoding> windows(Encoding encoding, int length) {
    int size = encoding.size();
    if (length >= size) {
      return List.of(encoding);
    }
    if (length == 0) {
      Encoding nothing = new Encoding.Builder().build();
      return truncation.overflow() ? List.of(nothing, encoding) : List.of(nothing);
    }
    if (truncation.stride() >= length && truncation.overflow()) {
      throw InputEncoder.user(
          ("truncation: a stride below the %d tokens that are left of a text expected, found %d."
                  + " Take a smaller stride, or allow longer inputs.")
              .formatted(length, truncation.stride()));
    }
    List<Encoding> windows = new ArrayList<>();
    boolean right = truncation.side() == Side.RIGHT;
    int step = length - truncation.stride();
    for (long done = 0; windows.isEmpty() || truncation.overflow(); done += step) {
      long end = Math.min(size, done + length);
      windows.add(
          right
              ? slice(encoding, (int) done, (int) end)
              : slice(encoding, (int) (size - end), (int) (size - done)));
      if (end == size) {
        break;
      }
    }
    return windows;
  }

  private static Encoding slice(Encoding encoding, int from, int to) {
    Encoding.Builder slice = new Encoding.Builder();
    for (int t = from; t < to; t++) {
      slice.add(encoding, t);
    }
    return slice.build();
  }
}

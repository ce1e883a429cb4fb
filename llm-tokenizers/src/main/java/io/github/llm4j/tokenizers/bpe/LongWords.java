package io.github.llm4j.tokenizers.bpe;

import io.github.llm4j.tokenizers.pipeline.IdBuffer;

/**
 * Merges a long word window by window, with the result of the whole.
 *
 * <p>A row of tokens is what merging their whole text gives if that is true of each two neighbours.
 * For as long as no merge joins symbols of two tokens, what is merged inside of a token depends on
 * that token alone. So look at the first merge in the whole that joins symbols of two neighbours:
 * up to then both have gone the same way as in the text of the two alone, where the same merge
 * would have been next among theirs; but there no merge joins them. The other way round, neighbours
 * in what merging gives are such a pair. Hence two rows may be joined where the last token of the
 * one and the first of the other pass that test; where they don't, the windows meet one token
 * earlier.
 *
 * <p>A word of n bytes takes O(n) time but for words that are made to fail the test again and
 * again, which are merged as a whole, O(n log n). Threading: one thread.
 */
final class LongWords {
  private static final int WINDOW = 1 << 13;
  private static final int TRIES = 32;

  private final Symbols symbols;
  private final WordMerger merger;
  private final boolean local;
  private IdBuffer ids = new IdBuffer(0);
  private IdBuffer ends = new IdBuffer(0);
  private IdBuffer nextIds = new IdBuffer(0);
  private IdBuffer nextEnds = new IdBuffer(0);
  private final IdBuffer pairIds = new IdBuffer(0);
  private final IdBuffer pairEnds = new IdBuffer(0);

  /**
   * Merges words.
   *
   * @param local whether a character's symbols don't depend on its place in the word
   */
  LongWords(Symbols symbols, PairTable merges, boolean local) {
    this.symbols = symbols;
    this.merger = new WordMerger(merges);
    this.local = local;
  }

  /**
   * Merges a word of any length.
   *
   * @param out gets the ids
   * @param outEnds gets the places in the word behind them
   */
  void merge(byte[] utf8, int from, int to, IdBuffer out, IdBuffer outEnds) {
    if (to - from <= WINDOW || !local || !inWindows(utf8, from, to, out, outEnds)) {
      whole(utf8, from, to, out, outEnds);
    }
  }

  private void whole(byte[] utf8, int from, int to, IdBuffer out, IdBuffer outEnds) {
    out.clear();
    outEnds.clear();
    merger.begin(to - from);
    symbols.split(utf8, from, to, merger);
    merger.merge(out, outEnds);
  }

  private boolean inWindows(byte[] utf8, int from, int to, IdBuffer out, IdBuffer outEnds) {
    out.clear();
    outEnds.clear();
    int at = from;
    int end = windowEnd(utf8, at, to);
    whole(utf8, at, end, ids, ends);
    while (end < to) {
      int kept = join(utf8, at, to);
      if (kept == 0) {
        return false;
      }
      hand(kept, at - from, out, outEnds);
      at += ends.get(kept - 1);
      end = windowEnd(utf8, at, to);
      swap();
    }
    hand(ids.size(), at - from, out, outEnds);
    return true;
  }

  private int windowEnd(byte[] utf8, int at, int to) {
    if (to - at <= WINDOW) {
      return to;
    }
    int end = at + WINDOW;
    while (!symbols.begins(utf8, end)) {
      end--;
    }
    return end;
  }

  /** Merges the next window; gives how many tokens of this one stand before it, 0 if none can. */
  private int join(byte[] utf8, int at, int to) {
    int kept = ids.size();
    while (kept > 1 && ends.get(kept - 1) > WINDOW / 4 * 3) {
      kept--;
    }
    for (int tries = 0; kept > 0 && tries < TRIES; tries++, kept--) {
      int border = at + ends.get(kept - 1);
      int last = kept > 1 ? at + ends.get(kept - 2) : at;
      whole(utf8, border, windowEnd(utf8, border, to), nextIds, nextEnds);
      whole(utf8, last, border + nextEnds.get(0), pairIds, pairEnds);
      if (pairEnds.size() == 2 && pairEnds.get(0) == border - last) {
        return kept;
      }
    }
    return 0;
  }

  private void hand(int count, int offset, IdBuffer out, IdBuffer outEnds) {
    for (int i = 0; i < count; i++) {
      out.add(ids.get(i));
      outEnds.add(offset + ends.get(i));
    }
  }

  private void swap() {
    IdBuffer free = ids;
    ids = nextIds;
    nextIds = free;
    free = ends;
    ends = nextEnds;
    nextEnds = free;
  }
}

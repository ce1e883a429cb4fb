package io.github.llm4j.tokenizers.bpe;

import io.github.llm4j.tokenizers.pipeline.IdBuffer;

/**
 * Merges the symbols of one word after another: always the merge of the least rank, the leftmost of
 * equal ones. A short word is searched through for each merge, a long one keeps its merges in a
 * heap, O(n log n). Threading: one thread.
 */
final class WordMerger {
  private static final int SHORT = 48;
  private static final int MOST_KEPT = 1 << 16;

  private final PairTable merges;
  private final LongHeap heap = new LongHeap();

  /** Ids of symbols, each where its first byte is in the word; -1 once it was merged away. */
  private int[] ids = new int[64];

  /** For a symbol's first byte where its last is, and for its last where its first is. */
  private int[] ends = new int[64];

  private int bytes;
  private int count;

  private final int[] shortIds = new int[SHORT];
  private final int[] shortEnds = new int[SHORT];
  private final long[] found = new long[SHORT];

  WordMerger(PairTable merges) {
    this.merges = merges;
  }

  /** Begins a word of so many bytes. */
  void begin(int length) {
    if (length > ids.length || ids.length > MOST_KEPT) {
      int room = length > MOST_KEPT ? length : Math.max(64, Integer.highestOneBit(length) * 2);
      ids = new int[room];
      ends = new int[room];
    }
    bytes = 0;
    count = 0;
  }

  /** Adds the next symbol. */
  void add(int id, int length) {
    int last = bytes + length - 1;
    ids[bytes] = id;
    ends[bytes] = last;
    ends[last] = bytes;
    bytes = last + 1;
    count++;
  }

  /**
   * Merges what was added.
   *
   * @param out gets the ids
   * @param outEnds gets the places in the word behind them
   */
  void merge(IdBuffer out, IdBuffer outEnds) {
    if (count <= SHORT && merges.isOneToOne()) {
      mergeShort(out, outEnds);
      return;
    }
    mergeLong();
    for (int at = 0; at < bytes; ) {
      out.add(ids[at]);
      at = ends[at] + 1;
      outEnds.add(at);
    }
  }

  private void mergeShort(IdBuffer out, IdBuffer outEnds) {
    int n = 0;
    for (int at = 0; at < bytes; n++) {
      shortIds[n] = ids[at];
      at = ends[at] + 1;
      shortEnds[n] = at;
    }
    for (int i = 0; i + 1 < n; i++) {
      found[i] = merges.find(shortIds[i], shortIds[i + 1]);
    }
    while (n > 1) {
      int best = 0;
      for (int i = 1; i < n - 1; i++) {
        if (found[i] < found[best]) {
          best = i;
        }
      }
      if (found[best] == PairTable.NONE) {
        break;
      }
      shortIds[best] = (int) found[best];
      shortEnds[best] = shortEnds[best + 1];
      n--;
      for (int i = best + 1; i < n; i++) {
        shortIds[i] = shortIds[i + 1];
        shortEnds[i] = shortEnds[i + 1];
        found[i] = found[i + 1];
      }
      if (best > 0) {
        found[best - 1] = merges.find(shortIds[best - 1], shortIds[best]);
      }
      if (best + 1 < n) {
        found[best] = merges.find(shortIds[best], shortIds[best + 1]);
      }
    }
    for (int i = 0; i < n; i++) {
      out.add(shortIds[i]);
      outEnds.add(shortEnds[i]);
    }
  }

  private void mergeLong() {
    heap.clear();
    for (int at = 0; ends[at] + 1 < bytes; at = ends[at] + 1) {
      push(at);
    }
    while (!heap.isEmpty()) {
      long least = heap.poll();
      int at = (int) least;
      int right = ends[at] + 1;
      if (ids[at] < 0 || right == bytes) {
        continue; // it was merged away since, or what stood behind it
      }
      long merge = merges.find(ids[at], ids[right]);
      // One of the two may have been merged since. The Rust library of the format goes on if both
      // now give what they would have given then, though by a merge of another rank; so do we.
      if (merge == PairTable.NONE || (int) merge != merges.made((int) (least >>> 32))) {
        continue;
      }
      ids[at] = (int) merge;
      ids[right] = -1;
      int end = ends[right];
      ends[at] = end;
      ends[end] = at;
      if (end + 1 < bytes) {
        push(at);
      }
      if (at > 0) {
        push(ends[at - 1]);
      }
    }
  }

  /** Notes the merge of a symbol with the one behind it, if there is one. */
  private void push(int at) {
    long merge = merges.find(ids[at], ids[ends[at] + 1]);
    if (merge != PairTable.NONE) {
      heap.add((merge & 0xFFFF_FFFF_0000_0000L) | at);
    }
  }
}

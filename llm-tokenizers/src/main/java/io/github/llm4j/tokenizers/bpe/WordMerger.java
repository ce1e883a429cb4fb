package io.github.llm4j.tokenizers.bpe;

import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.tokenizers.pipeline.IdBuffer;

/**
 * Merges the bytes of one word after another: always the merge of the least rank, the leftmost of
 * equal ones. A short word is searched through for each merge, a long one keeps its merges in a
 * heap, O(n log n). Threading: one thread.
 */
final class WordMerger {
  private static final int SHORT = 48;

  private final PairTable merges;
  private final int[] byteIds;
  private final int[] ids = new int[SHORT];
  private final long[] found = new long[SHORT];
  private final LongHeap heap = new LongHeap();

  WordMerger(PairTable merges, int[] byteIds) {
    this.merges = merges;
    this.byteIds = byteIds;
  }

  void merge(byte[] utf8, int from, int to, IdBuffer out) {
    if (to - from <= SHORT) {
      mergeShort(utf8, from, to - from, out);
    } else {
      mergeLong(utf8, from, to - from, out);
    }
  }

  /**
   * Id of a byte.
   *
   * @throws LlmException if the vocabulary, another's, has none
   */
  static int known(int[] byteIds, byte b) {
    int id = byteIds[b & 0xFF];
    if (id < 0) {
      throw new LlmException(
          ErrorKind.USER,
          "tokenizer: text of bytes that its vocabulary has expected, found byte 0x%02X, which it lacks. Use a tokenizer with all 256 bytes."
              .formatted(b & 0xFF));
    }
    return id;
  }

  private void mergeShort(byte[] utf8, int from, int length, IdBuffer out) {
    int n = length;
    for (int i = 0; i < n; i++) {
      ids[i] = known(byteIds, utf8[from + i]);
    }
    for (int i = 0; i + 1 < n; i++) {
      found[i] = merges.find(ids[i], ids[i + 1]);
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
      ids[best] = (int) found[best];
      n--;
      for (int i = best + 1; i < n; i++) {
        ids[i] = ids[i + 1];
        found[i] = found[i + 1];
      }
      if (best > 0) {
        found[best - 1] = merges.find(ids[best - 1], ids[best]);
      }
      if (best + 1 < n) {
        found[best] = merges.find(ids[best], ids[best + 1]);
      }
    }
    for (int i = 0; i < n; i++) {
      out.add(ids[i]);
    }
  }

  private void mergeLong(byte[] utf8, int from, int n, IdBuffer out) {
    int[] id = new int[n];
    int[] next = new int[n];
    int[] previous = new int[n];
    long[] merge = new long[n];
    for (int i = 0; i < n; i++) {
      id[i] = known(byteIds, utf8[from + i]);
      next[i] = i + 1;
      previous[i] = i - 1;
    }
    heap.clear();
    for (int i = 0; i < n; i++) {
      merge[i] = i + 1 < n ? merges.find(id[i], id[i + 1]) : PairTable.NONE;
      push(merge[i], i);
    }
    while (!heap.isEmpty()) {
      long least = heap.poll();
      int at = (int) least;
      if (merge[at] == PairTable.NONE || merge[at] >>> 32 != least >>> 32) {
        continue; // one of the two was merged otherwise since
      }
      int right = next[at];
      id[at] = (int) merge[at];
      merge[right] = PairTable.NONE;
      next[at] = next[right];
      if (next[at] < n) {
        previous[next[at]] = at;
        merge[at] = merges.find(id[at], id[next[at]]);
        push(merge[at], at);
      } else {
        merge[at] = PairTable.NONE;
      }
      int left = previous[at];
      if (left >= 0) {
        merge[left] = merges.find(id[left], id[at]);
        push(merge[left], left);
      }
    }
    for (int i = 0; i < n; i = next[i]) {
      out.add(id[i]);
    }
  }

  private void push(long merge, int at) {
    if (merge != PairTable.NONE) {
      heap.add((merge & 0xFFFF_FFFF_0000_0000L) | at);
    }
  }
}

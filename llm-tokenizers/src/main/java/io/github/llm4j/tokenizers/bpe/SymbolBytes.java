package io.github.llm4j.tokenizers.bpe;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Byte strings of a learner's symbols: of pairs that occur equally often, that goes first whose
 * byte strings are lexicographically greater.
 */
final class SymbolBytes implements Ties {
  private final List<byte[]> bytes = new ArrayList<>();

  /** First eight bytes, the greatest first, so that one comparison decides nearly always. */
  private long[] heads = new long[1024];

  SymbolBytes() {
    for (int b = 0; b < 256; b++) {
      add(new byte[] {(byte) b});
    }
  }

  @Override
  public void add(int left, int right) {
    add(BytePairs.join(bytes.get(left), bytes.get(right)));
  }

  @Override
  public int compare(int left, int right, int otherLeft, int otherRight) {
    int first = compare(left, otherLeft);
    return first != 0 ? first : compare(right, otherRight);
  }

  private void add(byte[] string) {
    int symbol = bytes.size();
    bytes.add(string);
    if (symbol == heads.length) {
      heads = Arrays.copyOf(heads, 2 * symbol);
    }
    long head = 0;
    for (int i = 0; i < 8; i++) {
      head = head << 8 | (i < string.length ? string[i] & 0xFF : 0);
    }
    heads[symbol] = head;
  }

  private int compare(int a, int b) {
    if (a == b) {
      return 0;
    }
    int heads = Long.compareUnsigned(this.heads[a], this.heads[b]);
    return heads != 0 ? heads : Arrays.compareUnsigned(bytes.get(a), bytes.get(b));
  }
}

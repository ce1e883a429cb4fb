package io.github.llm4j.tokenizers.bpe;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Byte strings of a learner's symbols, in lexicographic order of unsigned bytes. */
final class SymbolBytes {
  private final List<byte[]> bytes = new ArrayList<>();

  /** First eight bytes, the greatest first, so that one comparison decides nearly always. */
  private long[] heads = new long[1024];

  SymbolBytes() {
    for (int b = 0; b < 256; b++) {
      add(new byte[] {(byte) b});
    }
  }

  /** Adds the symbol of a pair. */
  int add(int left, int right) {
    return add(BytePairs.join(bytes.get(left), bytes.get(right)));
  }

  private int add(byte[] string) {
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
    return symbol;
  }

  int compare(int a, int b) {
    if (a == b) {
      return 0;
    }
    int heads = Long.compareUnsigned(this.heads[a], this.heads[b]);
    return heads != 0 ? heads : Arrays.compareUnsigned(bytes.get(a), bytes.get(b));
  }
}

package io.github.llm4j.tokenizers.normalizer;

import io.github.llm4j.tokenizers.pipeline.Text;
import io.github.llm4j.tokenizers.pipeline.Utf8;
import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.Arrays;

/**
 * A character with all that may join it, brought into a form of Unicode Standard Annex 15: taken
 * apart, marks sorted, put together again. Each character of the result comes from those that it is
 * made of; where marks change places, from those between too, so that ranges stay in order.
 *
 * <p>Complexity: O(n log n) for n characters, whatever marks follow each other. Threading: one
 * thread.
 */
final class Segment {
  private final Form parts;
  private final boolean compose;
  private int[] codePoints = new int[16];
  private int[] starts = new int[16];
  private int[] ends = new int[16];
  private int size;

  Segment(Form form) {
    parts = form == Form.NFC || form == Form.NFD ? Form.NFD : Form.NFKD;
    compose = form == Form.NFC || form == Form.NFKC;
  }

  /** Appends what becomes of a segment. */
  void normalize(Text text, int from, int to, Text result) {
    size = 0;
    for (int i = from; i < to; ) {
      int c = Utf8.codePoint(text.bytes(), i);
      int end = i + Utf8.length(c);
      if (c < 0x80 || Marks.order(c) > 0) {
        add(c, i, end); // has no parts
      } else {
        takeApart(c, i, end);
      }
      i = end;
    }
    sort();
    if (compose) {
      compose();
    }
    keepInOrder();
    for (int i = 0; i < size; i++) {
      result.append(codePoints[i], text, starts[i], ends[i]);
    }
  }

  private void takeApart(int c, int start, int end) {
    String whole = Normalizer.normalize(Character.toString(c), parts);
    for (int k = 0; k < whole.length(); ) {
      int part = whole.codePointAt(k);
      add(part, start, end);
      k += Character.charCount(part);
    }
  }

  private void add(int c, int start, int end) {
    if (size == codePoints.length) {
      codePoints = Arrays.copyOf(codePoints, 2 * size);
      starts = Arrays.copyOf(starts, 2 * size);
      ends = Arrays.copyOf(ends, 2 * size);
    }
    set(size++, c, start, end);
  }

  private void set(int i, int c, int start, int end) {
    codePoints[i] = c;
    starts[i] = start;
    ends[i] = end;
  }

  /** Sorts each run of marks by class; those of one class stay as they are. */
  private void sort() {
    for (int i = 0; i < size; i++) {
      int from = i;
      boolean sorted = true;
      int last = 0;
      while (i < size && Marks.order(codePoints[i]) > 0) {
        int order = Marks.order(codePoints[i]);
        sorted &= order >= last;
        last = order;
        i++;
      }
      if (!sorted) {
        sort(from, i);
      }
    }
  }

  private void sort(int from, int to) {
    long[] keys = new long[to - from]; // class, then place
    for (int i = from; i < to; i++) {
      keys[i - from] = (long) Marks.order(codePoints[i]) << 32 | i;
    }
    Arrays.sort(keys);
    int[] wereCodePoints = Arrays.copyOfRange(codePoints, from, to);
    int[] wereStarts = Arrays.copyOfRange(starts, from, to);
    int[] wereEnds = Arrays.copyOfRange(ends, from, to);
    for (int i = from; i < to; i++) {
      int at = (int) keys[i - from] - from;
      set(i, wereCodePoints[at], wereStarts[at], wereEnds[at]);
    }
  }

  /** Puts characters together with the last one of no class before them. */
  private void compose() {
    int starter = -1;
    int lastOrder = -1; // of what stands between the starter and the next; -1 for nothing
    int to = 0;
    for (int i = 0; i < size; i++) {
      int order = Marks.order(codePoints[i]);
      if (starter >= 0 && (lastOrder < order || lastOrder == -1)) {
        int both = composed(codePoints[starter], codePoints[i]);
        if (both >= 0) {
          set(
              starter,
              both,
              Math.min(starts[starter], starts[i]),
              Math.max(ends[starter], ends[i]));
          continue;
        }
      }
      set(to, codePoints[i], starts[i], ends[i]);
      if (order == 0) {
        starter = to;
        lastOrder = -1;
      } else {
        lastOrder = order;
      }
      to++;
    }
    size = to;
  }

  /** The character that two are together; -1 if they stay two. */
  private static int composed(int first, int second) {
    String pair = new StringBuilder().appendCodePoint(first).appendCodePoint(second).toString();
    String together = Normalizer.normalize(pair, Form.NFC);
    int c = together.codePointAt(0);
    return together.length() == Character.charCount(c) ? c : -1;
  }

  private void keepInOrder() {
    for (int i = 1; i < size; i++) {
      ends[i] = Math.max(ends[i], ends[i - 1]);
    }
    for (int i = size - 2; i >= 0; i--) {
      starts[i] = Math.min(starts[i], starts[i + 1]);
    }
  }
}

package io.github.llm4j.tokenizers.pretokenizer;

import java.util.Arrays;

/** Ranges of characters, written as {@code 61d 1b4e-1b4f}, ascending. Threading: immutable. */
final class Ranges {
  /** First of each range and the one behind its last. */
  private final int[] bounds;

  Ranges(String hex) {
    String[] ranges = hex.strip().split("\\s+");
    bounds = new int[2 * ranges.length];
    for (int i = 0; i < ranges.length; i++) {
      int dash = ranges[i].indexOf('-');
      String first = dash < 0 ? ranges[i] : ranges[i].substring(0, dash);
      bounds[2 * i] = Integer.parseInt(first, 16);
      bounds[2 * i + 1] = Integer.parseInt(ranges[i].substring(dash + 1), 16) + 1;
    }
  }

  boolean has(int c) {
    int at = Arrays.binarySearch(bounds, c);
    int behind = at >= 0 ? at + 1 : -at - 1; // bounds up to c
    return behind % 2 == 1;
  }
}

package io.github.llm4j.tokenizers.pipeline;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;

/**
 * Finds patterns in a text: for each place the longest that begins there. Linear in the text,
 * whatever the patterns: the text is read from its end on by an automaton of the patterns' bytes
 * from their ends on, so the longest pattern that has just been read is the longest that begins
 * there. Aho and Corasick 1975.
 *
 * <p>Threading: immutable.
 */
final class TokenFinder {
  private static final int ROOT = 0;

  private final StateTable next;
  private final int[] fallback;

  /** Longest pattern that ends in a state, as its index; -1 for none. */
  private final int[] found;

  private final int[] lengths;

  /** Whether any pattern ends with a byte: most texts are passed over by this alone. */
  private final boolean[] ends = new boolean[256];

  /** A finder of these patterns; of equal ones the first is found, an empty one never. */
  TokenFinder(List<String> patterns) {
    byte[][] bytes =
        patterns.stream().map(p -> p.getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new);
    lengths = Arrays.stream(bytes).mapToInt(b -> b.length).toArray();
    int most = Math.addExact(1, Arrays.stream(lengths).sum());
    next = new StateTable(most);
    fallback = new int[most];
    found = new int[most];
    int[] parent = new int[most];
    byte[] by = new byte[most];
    Arrays.fill(found, -1);
    int states = 1;
    for (int p = 0; p < bytes.length; p++) {
      int state = ROOT;
      for (int i = lengths[p] - 1; i >= 0; i--) {
        int to = next.get(state, bytes[p][i]);
        if (to < 0) {
          to = states++;
          next.put(state, bytes[p][i], to);
          parent[to] = state;
          by[to] = bytes[p][i];
        }
        state = to;
      }
      if (lengths[p] > 0) {
        ends[bytes[p][lengths[p] - 1] & 0xFF] = true;
        found[state] = found[state] < 0 ? p : found[state];
      }
    }
    link(states, parent, by);
  }

  /** Links each state to that of the longest shorter end, in the order of their depth. */
  private void link(int states, int[] parent, byte[] by) {
    int[] depth = new int[states];
    int[] count = new int[states + 1];
    for (int s = 1; s < states; s++) { // a parent is always made before its children
      depth[s] = depth[parent[s]] + 1;
      count[depth[s]]++;
    }
    for (int d = 1; d < count.length; d++) {
      count[d] += count[d - 1];
    }
    int[] order = new int[states - 1];
    for (int s = states - 1; s > 0; s--) {
      order[--count[depth[s]]] = s;
    }
    for (int s : order) {
      fallback[s] = parent[s] == ROOT ? ROOT : step(fallback[parent[s]], by[s]);
      if (found[s] < 0) {
        found[s] = found[fallback[s]];
      }
    }
  }

  private int step(int from, byte b) {
    int state = from;
    while (true) {
      int to = next.get(state, b);
      if (to >= 0) {
        return to;
      }
      if (state == ROOT) {
        return ROOT;
      }
      state = fallback[state];
    }
  }

  /** Length in bytes of a pattern. */
  int length(int pattern) {
    return lengths[pattern];
  }

  /**
   * Finds patterns in a piece.
   *
   * @return places with the longest pattern that begins at each, the first on top: {@code place <<
   *     32 | pattern}
   */
  ArrayDeque<Long> find(byte[] utf8, int from, int to) {
    ArrayDeque<Long> matches = new ArrayDeque<>(0);
    int state = ROOT;
    for (int i = to - 1; i >= from; i--) {
      byte b = utf8[i];
      if (state == ROOT && !ends[b & 0xFF]) {
        continue;
      }
      state = step(state, b);
      if (found[state] >= 0) {
        matches.push((long) i << 32 | found[state]);
      }
    }
    return matches;
  }
}

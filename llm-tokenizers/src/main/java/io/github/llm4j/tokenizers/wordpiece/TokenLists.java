package io.github.llm4j.tokenizers.wordpiece;

import io.github.llm4j.tokenizers.pipeline.IdBuffer;
import java.util.Arrays;

/**
 * Lists of tokens that share their beginnings: a list is its last token with the list before it.
 * Threading: immutable once filled.
 */
final class TokenLists {
  static final int EMPTY = -1;

  private int[] tokens = new int[1 << 10];
  private int[] lengths = new int[1 << 10];
  private int[] before = new int[1 << 10];
  private int size;

  /**
   * A list with one more token.
   *
   * @param length bytes of a word that the token stands for
   */
  int append(int list, int token, int length) {
    if (size == tokens.length) {
      int room = Math.addExact(size, size);
      tokens = Arrays.copyOf(tokens, room);
      lengths = Arrays.copyOf(lengths, room);
      before = Arrays.copyOf(before, room);
    }
    tokens[size] = token;
    lengths[size] = length;
    before[size] = list;
    return size++;
  }

  /** Two lists joined. */
  int join(int list, int more) {
    int[] order = inOrder(more);
    int joined = list;
    for (int at : order) {
      joined = append(joined, tokens[at], lengths[at]);
    }
    return joined;
  }

  private int[] inOrder(int list) {
    int n = 0;
    for (int at = list; at != EMPTY; at = before[at]) {
      n++;
    }
    int[] order = new int[n];
    for (int at = list; at != EMPTY; at = before[at]) {
      order[--n] = at;
    }
    return order;
  }

  /** Adds a list's tokens, and the places behind them, to what was found; gives the last place. */
  int addTo(int list, int from, IdBuffer ids, IdBuffer ends) {
    if (list == EMPTY) {
      return from;
    }
    int end = from;
    if (before[list] == EMPTY) {
      end += lengths[list];
      ids.add(tokens[list]);
      ends.add(end);
      return end;
    }
    for (int at : inOrder(list)) {
      end += lengths[at];
      ids.add(tokens[at]);
      ends.add(end);
    }
    return end;
  }
}

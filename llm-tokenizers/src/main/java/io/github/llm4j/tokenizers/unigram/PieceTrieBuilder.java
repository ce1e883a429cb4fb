package io.github.llm4j.tokenizers.unigram;

import java.util.Arrays;

/**
 * Builds a {@link PieceTrie} from the root down. A node's pieces are a range of an order that is
 * sorted as far as it has been looked at, so building takes time linear in the bytes of the pieces,
 * and n log n in their number. No recursion: pieces may be long.
 */
final class PieceTrieBuilder {
  /** Bytes that are sorted at once: 9 bits each, with 24 bits for the piece they fit a long. */
  private static final int SORTED = 4;

  private static final int PIECE_BITS = 24;

  private final byte[][] pieces;
  private final int[] order;
  private final long[] keys;
  private final TriePlaces places = new TriePlaces();

  // nodes whose children are not placed yet: range of the order, depth, place of the node
  private int[] waiting = new int[1 << 10];
  private int waitingSize;

  private final int[] childBytes = new int[256];
  private final int[] childEnds = new int[256];

  PieceTrieBuilder(byte[][] pieces) {
    this.pieces = pieces;
    this.order = new int[pieces.length];
    this.keys = new long[pieces.length];
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
  }

  PieceTrie build() {
    int root = expand(0, order.length, 0);
    while (waitingSize > 0) {
      waitingSize -= 4;
      int from = waiting[waitingSize];
      int to = waiting[waitingSize + 1];
      int depth = waiting[waitingSize + 2];
      int place = waiting[waitingSize + 3];
      int b = PieceTrie.byteOf(places.get(place));
      int id = -1;
      sort(from, to, depth);
      while (from < to && pieces[order[from]].length == depth) {
        id = order[from++];
      }
      places.set(place, PieceTrie.unit(b, expand(from, to, depth), id));
    }
    return new PieceTrie(places.units(), root);
  }

  /** Places the children of a node whose pieces are a sorted range, and returns its base. */
  private int expand(int begin, int to, int depth) {
    int from = begin;
    if (depth == 0) {
      sort(from, to, depth);
      while (from < to && pieces[order[from]].length == 0) {
        from++;
      }
    }
    int children = 0;
    for (int i = from; i < to; i++) {
      int b = pieces[order[i]][depth] & 0xFF;
      if (children == 0 || childBytes[children - 1] != b) {
        childBytes[children++] = b;
      }
      childEnds[children - 1] = i + 1;
    }
    if (children == 0) {
      return TriePlaces.CHILDLESS;
    }
    int base = places.take(childBytes, children);
    if (waitingSize + 4 * children > waiting.length) {
      waiting = Arrays.copyOf(waiting, 2 * waiting.length + 4 * children);
    }
    for (int c = children - 1; c >= 0; c--) {
      waiting[waitingSize++] = c == 0 ? from : childEnds[c - 1];
      waiting[waitingSize++] = childEnds[c];
      waiting[waitingSize++] = depth + 1;
      waiting[waitingSize++] = base ^ childBytes[c];
    }
    return base;
  }

  private void sort(int from, int to, int depth) {
    if (depth % SORTED != 0 || to - from < 2) {
      return;
    }
    for (int i = from; i < to; i++) {
      byte[] piece = pieces[order[i]];
      long key = 0;
      for (int d = depth; d < depth + SORTED; d++) {
        key = key << 9 | (d < piece.length ? (piece[d] & 0xFF) + 1 : 0);
      }
      keys[i] = key << PIECE_BITS | order[i];
    }
    Arrays.sort(keys, from, to);
    for (int i = from; i < to; i++) {
      order[i] = (int) keys[i] & (1 << PIECE_BITS) - 1;
    }
  }
}

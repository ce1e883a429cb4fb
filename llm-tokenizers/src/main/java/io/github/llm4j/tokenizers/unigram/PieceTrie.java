package io.github.llm4j.tokenizers.unigram;

/**
 * Pieces as a trie over bytes in one array (double array: Aoe 1989). A node is a number, its base;
 * its child by byte b lies at {@code base ^ b}. No two nodes share a base, so a child's byte alone
 * says whose child it is, and a step is one load.
 *
 * <p>Threading: immutable.
 */
final class PieceTrie {
  private static final int BYTE_BITS = 9;
  private static final int ID_SHIFT = 40;
  private static final long BASE_MASK = (1L << ID_SHIFT - BYTE_BITS) - 1;

  /** A place without a child: no byte is equal to it. */
  static final long EMPTY = 1L << 8;

  /** The greatest number of ids. */
  static final int MOST_IDS = (1 << 64 - ID_SHIFT) - 1;

  private final long[] units;
  private final int root;

  PieceTrie(long[] units, int root) {
    this.units = units;
    this.root = root;
  }

  /**
   * A trie of pieces; of equal ones the last counts, empty ones are left out.
   *
   * @param pieces bytes by id
   */
  static PieceTrie of(byte[][] pieces) {
    return new PieceTrieBuilder(pieces).build();
  }

  /** What lies at {@code base ^ b}: the byte, the child's base, and its id or -1. */
  static long unit(int b, int base, int id) {
    return (long) (id + 1) << ID_SHIFT | (long) base << BYTE_BITS | b;
  }

  /** The byte of a unit; 256 if it is empty. */
  static int byteOf(long unit) {
    return (int) unit & 0x1FF;
  }

  /** The node that a unit leads to. */
  static int base(long unit) {
    return (int) (unit >>> BYTE_BITS & BASE_MASK);
  }

  /** The id of the piece that ends at a unit; -1 if none does. */
  static int id(long unit) {
    return (int) (unit >>> ID_SHIFT) - 1;
  }

  /** All units. */
  long[] units() {
    return units;
  }

  /** The node where pieces begin. */
  int root() {
    return root;
  }

  /** The id of a piece; -1 if there is none. */
  int find(byte[] bytes, int from, int to) {
    int node = root;
    int id = -1;
    for (int i = from; i < to; i++) {
      int b = bytes[i] & 0xFF;
      long unit = units[node ^ b];
      if (byteOf(unit) != b) {
        return -1;
      }
      node = base(unit);
      id = id(unit);
    }
    return id;
  }
}

package io.github.llm4j.trainers.data;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Objects;

/**
 * Ids of a text, mapped from a file. Threading: immutable, for any number of threads.
 *
 * <p>Lifetime: the mapping ends when nobody reaches it any more.
 */
public final class Tokens {
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final MemorySegment ids;
  private final int width;

  /**
   * Ids in memory.
   *
   * @param ids little-endian, unsigned
   * @param width bytes of one id, 2 or 4
   */
  Tokens(MemorySegment ids, int width) {
    this.ids = ids;
    this.width = width;
  }

  /** Bytes that an id of a vocabulary takes. */
  static int width(int vocabSize) {
    return vocabSize <= 1 << 16 ? 2 : 4;
  }

  /** Ids made in code. */
  public static Tokens of(int... ids) {
    MemorySegment memory = MemorySegment.ofArray(new byte[4 * ids.length]);
    for (int i = 0; i < ids.length; i++) {
      memory.setAtIndex(INT, i, ids[i]);
    }
    return new Tokens(memory, 4);
  }

  /** Number of ids. */
  public long count() {
    return ids.byteSize() / width;
  }

  /** One id. */
  public int at(long index) {
    return width == 2 ? ids.getAtIndex(SHORT, index) & 0xFFFF : ids.getAtIndex(INT, index);
  }

  /** The ids from {@code from} (inclusive) to {@code to} (exclusive). */
  public Tokens slice(long from, long to) {
    Objects.checkFromToIndex(from, to, count());
    return new Tokens(ids.asSlice(from * width, (to - from) * width), width);
  }
}

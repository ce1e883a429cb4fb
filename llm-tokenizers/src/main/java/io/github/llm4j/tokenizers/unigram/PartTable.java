package io.github.llm4j.tokenizers.unigram;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Steps of parts of text met before, in one array: each part has one place of 64 bytes, where the
 * last one stays. Longer parts, and those of more steps, are rare and seldom met twice.
 *
 * <p>Threading: one thread.
 */
final class PartTable {
  /** Bytes of a part, at most. */
  static final int LONGEST = 24;

  /** Steps of a part, at most. */
  static final int MOST_STEPS = 4;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int PLACE_BITS = 13;
  private static final int PLACE = 8; // three longs of bytes, one of numbers, four steps
  private static final int NUMBERS = 3;
  private static final int STEPS = 4;

  private final long[] table = new long[PLACE << PLACE_BITS];

  // the part that is looked for
  private long first;
  private long second;
  private long third;
  private int length;
  private int place;

  /** Looks for a part of at most {@link #LONGEST} bytes. */
  boolean find(byte[] utf8, int from, int to) {
    length = to - from;
    if (from + LONGEST <= utf8.length) {
      first = (long) LONG.get(utf8, from) & mask(length);
      second = (long) LONG.get(utf8, from + 8) & mask(length - 8);
      third = (long) LONG.get(utf8, from + 16) & mask(length - 16);
    } else {
      first = bytes(utf8, from, to);
      second = bytes(utf8, from + 8, to);
      third = bytes(utf8, from + 16, to);
    }
    long hash = (first ^ Long.rotateLeft(second, 23) ^ length) * 0x9E3779B97F4A7C15L;
    hash = (hash ^ hash >>> 29 ^ third) * 0xBF58476D1CE4E5B9L;
    place = (int) (hash >>> 64 - PLACE_BITS) * PLACE;
    long[] t = table;
    int at = place;
    return t[at] == first
        && t[at + 1] == second
        && t[at + 2] == third
        && (t[at + NUMBERS] & 0xFF) == length;
  }

  /** The bits of so many bytes of a long. */
  private static long mask(int bytes) {
    return bytes >= 8 ? -1 : bytes <= 0 ? 0 : (1L << 8 * bytes) - 1;
  }

  private static long bytes(byte[] utf8, int from, int to) {
    long bytes = 0;
    for (int i = Math.min(from + 8, to) - 1; i >= from; i--) {
      bytes = bytes << 8 | utf8[i] & 0xFF;
    }
    return bytes;
  }

  /**
   * Puts the part that was looked for last.
   *
   * @param steps id and length of each step
   * @param size numbers of steps in it, 2 each
   * @param margin least difference between sums that were compared
   */
  void put(int[] steps, int size, double margin) {
    table[place] = first;
    table[place + 1] = second;
    table[place + 2] = third;
    long bits = Float.floatToRawIntBits(Math.nextDown((float) margin));
    table[place + NUMBERS] = bits << 32 | (long) size / 2 << 8 | length;
    for (int i = 0; i < size; i += 2) {
      table[place + STEPS + i / 2] = (long) steps[i] << 32 | steps[i + 1];
    }
  }

  /** Number of steps of the part that was found or put last. */
  int steps() {
    return (int) table[place + NUMBERS] >> 8 & 0xFF;
  }

  /** Less than the least difference between its sums. */
  float margin() {
    return Float.intBitsToFloat((int) (table[place + NUMBERS] >>> 32));
  }

  /** A step: its id in the upper half, its length in the lower. */
  long step(int i) {
    return table[place + STEPS + i];
  }
}

package io.github.llm4j.tokenizers.vocabulary;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Hash of a stretch of bytes, eight at a time. */
public final class WordHash {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private WordHash() {}

  /** Hash of the bytes in a range. */
  public static int of(byte[] bytes, int from, int to) {
    long h = (long) to - from;
    int i = from;
    for (; i + 8 <= to; i += 8) {
      h = mix(h ^ (long) LONG.get(bytes, i));
    }
    if (i < to) {
      h = mix(h ^ tail(bytes, i, to));
    }
    return (int) (h ^ h >>> 32);
  }

  private static long mix(long h) {
    long m = h * 0x9E3779B97F4A7C15L;
    return m ^ m >>> 29;
  }

  private static long tail(byte[] bytes, int from, int to) {
    if (from + 8 <= bytes.length) {
      return (long) LONG.get(bytes, from) & (1L << 8 * (to - from)) - 1;
    }
    long tail = 0;
    for (int i = to - 1; i >= from; i--) {
      tail = tail << 8 | (bytes[i] & 0xFF);
    }
    return tail;
  }
}

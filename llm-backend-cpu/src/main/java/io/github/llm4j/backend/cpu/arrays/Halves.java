package io.github.llm4j.backend.cpu.arrays;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Tiles of BF16 to and from floats; rounded to nearest, ties to even, and a NaN stays one. */
final class Halves {
  private static final ValueLayout.OfShort BF16 = ValueLayout.JAVA_SHORT_UNALIGNED;
  private static final int INFINITY = 0x7F800000;

  private Halves() {}

  /** Reads {@code n} elements, at most a tile, from byte {@code at} on. */
  static void read(MemorySegment from, long at, float[] to, int toAt, int n, Scratch scratch) {
    MemorySegment.copy(from, BF16, at, scratch.halves, 0, n);
    widen(scratch.halves, scratch.bits, n);
    scratch.bitsTo(to, toAt, n);
  }

  private static void widen(short[] halves, int[] bits, int n) {
    for (int i = 0; i < n; i++) {
      bits[i] = halves[i] << 16;
    }
  }

  /** Writes {@code n} elements, at most a tile, from byte {@code at} on. */
  static void write(float[] from, int fromAt, MemorySegment to, long at, int n, Scratch scratch) {
    scratch.bitsOf(from, fromAt, n);
    round(scratch.bits, n);
    narrow(scratch.bits, scratch.halves, n);
    MemorySegment.copy(scratch.halves, 0, to, BF16, at, n);
  }

  private static void round(int[] bits, int n) {
    for (int i = 0; i < n; i++) {
      int b = bits[i];
      int rounded = (b + 0x7FFF + (b >>> 16 & 1)) >> 16;
      int nan = INFINITY - (b & 0x7FFFFFFF) >> 31; // all ones for a NaN
      bits[i] = rounded & ~nan | (b >> 16 | 0x40) & nan;
    }
  }

  private static void narrow(int[] bits, short[] halves, int n) {
    for (int i = 0; i < n; i++) {
      halves[i] = (short) bits[i];
    }
  }
}

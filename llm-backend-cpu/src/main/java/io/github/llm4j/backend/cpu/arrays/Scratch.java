package io.github.llm4j.backend.cpu.arrays;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Arrays that one thread computes in. The same bits are taken for floats and for integers by a copy
 * of a whole tile: a loop that takes them one by one is not made into vectors.
 */
final class Scratch {
  static final int SIZE = 1024;

  private static final ValueLayout.OfFloat FLOATS = ValueLayout.JAVA_FLOAT_UNALIGNED;
  private static final ThreadLocal<Scratch> OF_THREAD = ThreadLocal.withInitial(Scratch::new);

  final int[] bits = new int[SIZE];
  final short[] halves = new short[SIZE];
  final float[] a = new float[SIZE];
  final float[] b = new float[SIZE];
  final float[] c = new float[SIZE];
  final float[] d = new float[SIZE];
  private final MemorySegment bitsInMemory = MemorySegment.ofArray(bits);

  Scratch() {}

  static Scratch get() {
    return OF_THREAD.get();
  }

  /** Takes the first {@code n} of {@link #bits} for floats. */
  void bitsTo(float[] x, int at, int n) {
    MemorySegment.copy(bitsInMemory, FLOATS, 0, x, at, n);
  }

  /** Takes floats for {@link #bits}. */
  void bitsOf(float[] x, int at, int n) {
    MemorySegment.copy(x, at, bitsInMemory, FLOATS, 0, n);
  }
}

package io.github.llm4j.backend.cpu.tile;

import io.github.llm4j.api.op.Op;
import io.github.llm4j.api.tensor.DType;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The inner loops of the kernels, over arrays of floats whose length is a multiple of {@link
 * #lanes}: what differs from one rung to the next. Called by several threads at once.
 *
 * <p>Each gives the same bits interpreted and compiled, and the same for the same numbers wherever
 * they stand in a row.
 */
public interface Loops {
  /** Floats that are worked on at once: a power of two. */
  int lanes();

  /** The next multiple of {@link #lanes}. */
  default int padded(int n) {
    return (n + lanes() - 1) & -lanes();
  }

  /** The formula of an op whose elements depend on the operands' alone, if there is one. */
  @Nullable ElementLoop element(Op op);

  /** Reads {@code n} elements, F32 or BF16, from the {@code at}-th on. */
  void read(MemorySegment from, DType type, long at, float[] to, int n);

  /** Writes {@code n} elements, F32 or BF16, from the {@code at}-th on. */
  void store(float[] from, MemorySegment to, DType type, long at, int n);

  /** Reads {@code n} elements from the {@code at}-th on; up to whole vectors zeros follow. */
  default void load(MemorySegment from, DType type, long at, float[] to, int n) {
    read(from, type, at, to, n);
    int end = Math.min(padded(n), to.length);
    if (end > n) {
      Arrays.fill(to, n, end, 0);
    }
  }

  /** Writes or, where asked, adds to what is stored; {@code spare} is overwritten then. */
  default void put(
      float[] from, MemorySegment to, DType type, long at, int n, boolean add, float[] spare) {
    if (add) {
      load(to, type, at, spare, n);
      for (int i = 0; i < n; i++) {
        spare[i] += from[i];
      }
      store(spare, to, type, at, n);
    } else {
      store(from, to, type, at, n);
    }
  }

  /** Sum of a row; {@code spare} has room for {@link #lanes}. */
  float sum(float[] x, int n, float[] spare);

  /** Sum of products of two rows. */
  float dot(float[] x, float[] y, int n, float[] spare);

  /** Largest element of a row. */
  float max(float[] x, int n, float[] spare);

  /** {@code y += a x}. */
  void addScaled(float[] y, float a, float[] x, int n);

  /** {@code x = e^(x - shift)}; gives the sum. */
  float exponentials(float[] x, float shift, int n, float[] spare);

  /** {@code x = e^(x - shift) d}. */
  void scaledExponentials(float[] x, float shift, float d, int n);

  /** {@code n = (x - centre) rstd, g = dy gain, dGain += dy n}; n takes the place of x. */
  void normalise(
      float[] x,
      float centre,
      float rstd,
      float[] dy,
      float[] gain,
      float[] g,
      float[] dGain,
      int n);

  /** {@code y += x} over {@code n} elements of F32 from byte {@code at} on. */
  void add(MemorySegment x, MemorySegment y, long at, int n);

  /** {@code y += x}, where y is F32 in memory from byte {@code at} on. */
  void add(float[] x, MemorySegment y, long at, int n);

  /** Sum of squares of {@code n} elements of F32 from byte {@code at} on. */
  float squares(MemorySegment x, long at, int n, float[] spare);

  /** A step of AdamW over {@code n} elements from the {@code from}-th on. */
  void adam(Adam arenas, Adam.Factors factors, long from, int n);

  /** Random numbers, for one thread. */
  Uniforms uniforms(int tile);
}

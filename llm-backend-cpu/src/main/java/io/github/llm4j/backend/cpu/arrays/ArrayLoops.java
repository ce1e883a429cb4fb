package io.github.llm4j.backend.cpu.arrays;

import static java.lang.Math.fma;

import io.github.llm4j.api.op.Op;
import io.github.llm4j.api.tensor.DType;
import io.github.llm4j.backend.cpu.tile.Adam;
import io.github.llm4j.backend.cpu.tile.ElementLoop;
import io.github.llm4j.backend.cpu.tile.Loops;
import io.github.llm4j.backend.cpu.tile.Uniforms;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;

/** Loops over arrays that the compiler makes into vectors; they need no module. */
public final class ArrayLoops implements Loops {
  private static final ValueLayout.OfFloat F32 = ValueLayout.JAVA_FLOAT_UNALIGNED;
  private static final int TILE = Scratch.SIZE;

  /** Loops for any machine. */
  public ArrayLoops() {}

  @Override
  public int lanes() {
    return 16;
  }

  @Override
  public @Nullable ElementLoop element(Op op) {
    return ElementLoops.of(op);
  }

  @Override
  public void read(MemorySegment from, DType type, long at, float[] to, int n) {
    if (type == DType.F32) {
      MemorySegment.copy(from, F32, at * 4, to, 0, n);
      return;
    }
    Scratch scratch = Scratch.get();
    for (int i = 0; i < n; i += TILE) {
      Halves.read(from, 2 * (at + i), to, i, Math.min(TILE, n - i), scratch);
    }
  }

  @Override
  public void store(float[] from, MemorySegment to, DType type, long at, int n) {
    if (type == DType.F32) {
      MemorySegment.copy(from, 0, to, F32, at * 4, n);
      return;
    }
    Scratch scratch = Scratch.get();
    for (int i = 0; i < n; i += TILE) {
      Halves.write(from, i, to, 2 * (at + i), Math.min(TILE, n - i), scratch);
    }
  }

  @Override
  public float sum(float[] x, int n, float[] spare) {
    return Reductions.sum(x, n);
  }

  @Override
  public float dot(float[] x, float[] y, int n, float[] spare) {
    return Reductions.dot(x, y, n);
  }

  @Override
  public float max(float[] x, int n, float[] spare) {
    return Reductions.max(x, n);
  }

  @Override
  public void addScaled(float[] y, float a, float[] x, int n) {
    for (int i = 0; i < n; i++) {
      y[i] = fma(a, x[i], y[i]);
    }
  }

  @Override
  public float exponentials(float[] x, float shift, int n, float[] spare) {
    Exponential.of(x, 0, shift, n, Scratch.get());
    return Reductions.sum(x, n);
  }

  @Override
  public void scaledExponentials(float[] x, float shift, float d, int n) {
    Exponential.of(x, 0, shift, n, Scratch.get());
    for (int i = 0; i < n; i++) {
      x[i] *= d;
    }
  }

  @Override
  public void normalise(
      float[] x,
      float centre,
      float rstd,
      float[] dy,
      float[] gain,
      float[] g,
      float[] dGain,
      int n) {
    for (int i = 0; i < n; i++) {
      float normed = (x[i] - centre) * rstd;
      float d = dy[i];
      x[i] = normed;
      g[i] = d * gain[i];
      dGain[i] = fma(d, normed, dGain[i]);
    }
  }

  @Override
  public void add(MemorySegment x, MemorySegment y, long at, int n) {
    Scratch scratch = Scratch.get();
    for (int i = 0; i < n; i += TILE) {
      int size = Math.min(TILE, n - i);
      MemorySegment.copy(x, F32, at + 4L * i, scratch.a, 0, size);
      add(scratch.a, y, at + 4L * i, size);
    }
  }

  @Override
  public void add(float[] x, MemorySegment y, long at, int n) {
    float[] sums = Scratch.get().b;
    MemorySegment.copy(y, F32, at, sums, 0, n);
    addScaled(sums, 1, x, n);
    MemorySegment.copy(sums, 0, y, F32, at, n);
  }

  @Override
  public float squares(MemorySegment x, long at, int n, float[] spare) {
    float[] tile = Scratch.get().a;
    float sum = 0;
    for (int i = 0; i < n; i += TILE) {
      int size = Math.min(TILE, n - i);
      load(x, DType.F32, at / 4 + i, tile, size);
      sum += Reductions.dot(tile, tile, padded(size));
    }
    return sum;
  }

  @Override
  public void adam(Adam arenas, Adam.Factors factors, long from, int n) {
    Scratch scratch = Scratch.get();
    for (int i = 0; i < n; i += TILE) {
      AdamTile.step(arenas, factors, from + i, Math.min(TILE, n - i), scratch);
    }
  }

  @Override
  public Uniforms uniforms(int tile) {
    return new ArrayPhilox(tile);
  }
}

package io.github.llm4j.backend.cpu.arrays;

import io.github.llm4j.backend.cpu.attention.ScoreLoops;
import io.github.llm4j.backend.cpu.tile.Uniforms;

/** Rows of scores in arrays of their own, in loops that the compiler makes into vectors. */
public final class ArrayScoreLoops implements ScoreLoops {
  private final Scratch scratch = new Scratch();

  /** Loops for any machine. */
  public ArrayScoreLoops() {}

  @Override
  public float highest(float[] x, int at, int n, float least) {
    float max = least;
    for (int i = 0; i < n; i++) {
      max = Math.max(max, x[at + i]);
    }
    return max;
  }

  @Override
  public float exponentials(float[] x, int at, int n, float shift) {
    System.arraycopy(x, at, scratch.a, 0, n);
    Exponential.ofTile(scratch.a, shift, n, scratch);
    System.arraycopy(scratch.a, 0, x, at, n);
    return Reductions.sum(scratch.a, n);
  }

  @Override
  public void scale(float[] x, int at, int n, float factor) {
    for (int i = 0; i < n; i++) {
      x[at + i] *= factor;
    }
  }

  @Override
  public void gradients(float[] p, float[] d, int at, int n, float shift, float delta) {
    System.arraycopy(p, at, scratch.a, 0, n);
    System.arraycopy(d, at, scratch.b, 0, n);
    Exponential.ofTile(scratch.a, shift, n, scratch);
    multiply(scratch.a, scratch.b, delta, n);
    System.arraycopy(scratch.a, 0, p, at, n);
    System.arraycopy(scratch.b, 0, d, at, n);
  }

  private static void multiply(float[] p, float[] d, float delta, int n) {
    for (int i = 0; i < n; i++) {
      d[i] = p[i] * (d[i] - delta);
    }
  }

  @Override
  public Uniforms uniforms(int tile) {
    return new ArrayPhilox(tile);
  }
}

package io.github.llm4j.backend.cpu.attention;

import io.github.llm4j.backend.cpu.tile.Uniforms;

/**
 * What attention does with rows of scores, in multiples of the tiles' lanes: what differs from one
 * rung to the next. For one thread.
 */
public interface ScoreLoops {
  /** Largest of {@code least} and {@code n} elements from {@code at} on. */
  float highest(float[] x, int at, int n, float least);

  /** {@code x = e^(x - shift)}; gives the sum. No x is above the shift. */
  float exponentials(float[] x, int at, int n, float shift);

  /** {@code x = factor x}. */
  void scale(float[] x, int at, int n, float factor);

  /** Uniform numbers by counters, in tiles of up to this many. */
  Uniforms uniforms(int tile);

  /** {@code p = e^(p - shift), d = p (d - delta)}: weights and the gradients of their scores. */
  void gradients(float[] p, float[] d, int at, int n, float shift, float delta);
}

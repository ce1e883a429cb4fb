package io.github.llm4j.backend.cpu.tile;

/** Uniform numbers by {@link io.github.llm4j.api.random.Philox}, a tile at a time. */
@FunctionalInterface
public interface Uniforms {
  /**
   * Numbers of {@code n} elements of a row, in an array that the next call overwrites.
   *
   * @param from first element, a multiple of 4
   */
  float[] uniform(long seed, int key, int step, int row, long from, int n);
}

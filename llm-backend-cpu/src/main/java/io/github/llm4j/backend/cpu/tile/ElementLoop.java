package io.github.llm4j.backend.cpu.tile;

/** A formula over tiles. */
@FunctionalInterface
public interface ElementLoop {
  /** Computes whole vectors; {@code n} is rounded up to such. */
  void run(float[][] in, float[][] out, int n);
}

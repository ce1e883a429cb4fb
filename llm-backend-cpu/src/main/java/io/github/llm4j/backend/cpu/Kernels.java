package io.github.llm4j.backend.cpu;

/** Which kernels compute; each choice falls back on the slower ones for what it lacks. */
public enum Kernels {
  /** The fastest that run here. */
  AUTO,
  /** Those of the Vector API. */
  VECTOR,
  /** Loops over arrays, for a Java without the Vector API. */
  ARRAYS,
  /** The reference: one element after the other. */
  SCALAR
}

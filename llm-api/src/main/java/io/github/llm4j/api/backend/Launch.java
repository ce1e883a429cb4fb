package io.github.llm4j.api.backend;

/** A kernel with its addresses: all that a step does is to run launches in order. */
@FunctionalInterface
public interface Launch {
  /** Computes once. */
  void run();
}

package io.github.llm4j.tasks.generation;

import io.github.llm4j.runtime.model.Model;
import io.github.llm4j.runtime.plan.Work;

/**
 * What generation takes besides the model.
 *
 * @param cacheBytes keys and values of a full context
 * @param arenaBytes activations and workspaces of the largest chunk of a prompt
 * @param ownBytes inputs and outputs of the plans for that chunk and for one token
 * @param token floating-point operations of one token behind a full context
 */
public record GenerationMemory(long cacheBytes, long arenaBytes, long ownBytes, Work token) {

  /**
   * Records generation with a model.
   *
   * @param model a decoder; it may be one that is only planned
   */
  public static GenerationMemory of(Model model) {
    return new Decoding(model).memory();
  }

  /** All of it. */
  public long bytes() {
    return cacheBytes + arenaBytes + ownBytes;
  }
}

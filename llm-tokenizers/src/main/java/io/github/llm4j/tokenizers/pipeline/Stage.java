package io.github.llm4j.tokenizers.pipeline;

/**
 * Takes pieces of texts, one after another, and hands pieces on to the next stage: what stands
 * between a text and its ids is a chain of these. Threading: one thread.
 */
@FunctionalInterface
public interface Stage {
  /**
   * Takes a piece.
   *
   * @param text valid until the call returns
   * @param from where it begins, at a whole character
   * @param to behind its end; above {@code from}
   */
  void take(Text text, int from, int to);
}

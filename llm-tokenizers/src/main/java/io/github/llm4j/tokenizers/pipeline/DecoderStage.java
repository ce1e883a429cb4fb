package io.github.llm4j.tokenizers.pipeline;

/**
 * Takes tokens on their way to the text, each in one or more pieces: what a component doesn't need
 * as a whole goes on at once. Threading: one thread.
 */
public interface DecoderStage {
  /** Takes a piece of a token, whole characters. */
  void piece(String piece);

  /** Ends a token. */
  void tokenEnd();

  /** Ends the text, after which another may begin. */
  void end();
}

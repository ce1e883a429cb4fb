package io.github.llm4j.api.tokenizer;

/**
 * Text of ids as they come, in whole characters: a character whose bytes are spread over several
 * tokens is held back until its last byte is there, so no chunk has half a character or half a
 * surrogate pair. Made by {@link Tokenizer#streamingDecoder}.
 *
 * <p>Threading: one thread.
 */
public interface StreamingDecoder {
  /**
   * Takes one id.
   *
   * @return the characters that it completes; empty if it ends inside one
   * @throws io.github.llm4j.api.error.LlmException if the vocabulary has no such id
   */
  String add(int id);

  /**
   * Ends the text, after which another may begin. What is held back can't be completed any more and
   * becomes U+FFFD. All that was given since the beginning, joined, is what {@link
   * Tokenizer#decode} gives for the same ids.
   */
  String end();
}

package io.github.llm4j.api.tokenizer;

import java.util.Map;

/** Text to ids and back. Threading: immutable, for any number of threads. */
public interface Tokenizer {

  /**
   * Ids of a text, without special tokens.
   *
   * @throws io.github.llm4j.api.error.LlmException if the text holds what the tokenizer can't
   *     express
   */
  int[] encode(CharSequence text);

  /** Text of ids. */
  String decode(int[] ids);

  /**
   * UTF-8 bytes of one id, as it stands inside a text: what streaming needs to cut at whole
   * characters.
   */
  byte[] bytes(int id);

  /** Number of ids (V). */
  int vocabSize();

  /** Special tokens by their text, as {@code <|endoftext|>}; empty if there are none. */
  Map<String, Integer> specialTokens();
}

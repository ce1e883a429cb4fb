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

  /**
   * Tokens of a text with their ranges and words, without special tokens around them: the ids are
   * those of {@link #encode}.
   *
   * @throws io.github.llm4j.api.error.LlmException if the text holds what the tokenizer can't
   *     express
   */
  Encoding tokenize(CharSequence text);

  /** Text of ids. */
  String decode(int[] ids);

  /**
   * UTF-8 bytes of one id, as it stands inside a text: what streaming needs to cut at whole
   * characters.
   */
  byte[] bytes(int id);

  /** Decodes ids one by one, as a model writes them. */
  default StreamingDecoder streamingDecoder() {
    return new ByteStreamingDecoder(this);
  }

  /** Number of ids (V). */
  int vocabSize();

  /** Special tokens by their text, as {@code <|endoftext|>}; empty if there are none. */
  Map<String, Integer> specialTokens();
}

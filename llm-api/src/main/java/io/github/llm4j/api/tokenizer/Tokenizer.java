package io.github.llm4j.api.tokenizer;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;

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

  /**
   * Text of ids; special tokens stand in it as they look.
   *
   * @throws io.github.llm4j.api.error.LlmException if the vocabulary has no such id
   */
  String decode(int[] ids);

  /**
   * Text of ids.
   *
   * @param skipSpecial whether special tokens are left out, as if they weren't among the ids
   * @throws io.github.llm4j.api.error.LlmException if the vocabulary has no such id
   */
  default String decode(int[] ids, boolean skipSpecial) {
    if (!skipSpecial) {
      return decode(ids);
    }
    Set<Integer> special = Set.copyOf(specialTokens().values());
    return decode(Arrays.stream(ids).filter(id -> !special.contains(id)).toArray());
  }

  /**
   * UTF-8 bytes of one id, as it stands inside a text: what streaming needs to cut at whole
   * characters.
   */
  byte[] bytes(int id);

  /** Decodes ids one by one, as a model writes them. */
  default StreamingDecoder streamingDecoder() {
    return streamingDecoder(false);
  }

  /**
   * Decodes ids one by one, as a model writes them.
   *
   * @param skipSpecial whether special tokens are left out
   */
  default StreamingDecoder streamingDecoder(boolean skipSpecial) {
    return new ByteStreamingDecoder(this, skipSpecial);
  }

  /**
   * Text of a vocabulary's entry, as {@code Ġthe} or {@code ##ing}: for people to look at.
   *
   * @throws io.github.llm4j.api.error.LlmException if the vocabulary has no such id
   */
  default String token(int id) {
    return new String(bytes(id), StandardCharsets.UTF_8);
  }

  /** Id of a vocabulary's entry by the text that {@link #token} gives; empty if there is none. */
  default OptionalInt id(String token) {
    return IntStream.range(0, vocabSize()).filter(id -> token(id).equals(token)).findFirst();
  }

  /** Number of ids (V). */
  int vocabSize();

  /** Special tokens by their text, as {@code <|endoftext|>}; empty if there are none. */
  Map<String, Integer> specialTokens();
}

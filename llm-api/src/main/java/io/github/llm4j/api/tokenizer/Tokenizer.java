package io.github.llm4j.api.tokenizer;

import io.github.llm4j.api.worker.Workers;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
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
   * Ids of a text as text alone: a special token that is written in it is spelled out as anything
   * else is, so what a user wrote can't end a text or begin a turn. Tokenizers that find special
   * tokens in texts say how.
   *
   * @throws io.github.llm4j.api.error.LlmException if the text holds what the tokenizer can't
   *     express
   */
  default int[] encodeOrdinary(CharSequence text) {
    return encode(text);
  }

  /**
   * Ids of a text in UTF-8, without special tokens.
   *
   * @throws io.github.llm4j.api.error.LlmException if it isn't UTF-8, or holds what the tokenizer
   *     can't express
   */
  default int[] encode(MemorySegment utf8) {
    return encode(StrictUtf8.text(utf8));
  }

  /** Ids of a text in UTF-8, as {@link #encode(MemorySegment)}. */
  default int[] encode(byte[] utf8) {
    return encode(MemorySegment.ofArray(utf8));
  }

  /** Ids of texts, each as {@link #encode(CharSequence)} gives them, on all workers. */
  default List<int[]> encode(List<? extends CharSequence> texts, Workers workers) {
    int[][] ids = new int[texts.size()][];
    InputEncoder.inParts(ids.length, workers, i -> ids[i] = encode(texts.get(i)));
    return List.of(ids);
  }

  /** How many tokens {@link #encode(CharSequence)} gives. */
  default int count(CharSequence text) {
    return encode(text).length;
  }

  /**
   * Tokens of a text with their ranges and words, without special tokens around them: the ids are
   * those of {@link #encode}.
   *
   * @throws io.github.llm4j.api.error.LlmException if the text holds what the tokenizer can't
   *     express
   */
  Encoding tokenize(CharSequence text);

  /**
   * What a model reads of a text, or of two.
   *
   * @throws io.github.llm4j.api.error.LlmException if a text holds what the tokenizer can't
   *     express, or can't be cut as the options want it
   */
  default Encoding tokenize(TextInput input, EncodingOptions options) {
    return new InputEncoder(this::tokenize, PostProcessor.NONE).encode(input, options);
  }

  /**
   * What a model reads at once, on all workers: each input as alone, but for padding, which may go
   * to the longest of them.
   */
  default List<Encoding> tokenize(
      List<TextInput> inputs, EncodingOptions options, Workers workers) {
    return new InputEncoder(this::tokenize, PostProcessor.NONE).encode(inputs, options, workers);
  }

  /**
   * How the tokenizer's own file says that texts become inputs. Nothing is cut or filled up unless
   * a caller asks with these options.
   */
  default EncodingOptions ownOptions() {
    return EncodingOptions.SPECIAL_TOKENS;
  }

  /** Whether each text that has ids comes back from them unchanged. */
  default boolean roundTrips() {
    return false;
  }

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

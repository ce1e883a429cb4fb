package io.github.llm4j.tokenizers.pipeline;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Turns words into ids and ids into bytes. Threading: any number of threads. */
public interface TokenModel {

  /** Something that turns words into ids with memory of its own: for one thread. */
  Words words();

  /** UTF-8 of a token as the vocabulary has it; empty if the model has none of this number. */
  byte[] bytes(int id);

  /** Text of a token as the vocabulary has it; empty if the model has none of this number. */
  default String token(int id) {
    return new String(bytes(id), StandardCharsets.UTF_8);
  }

  /** One more than the greatest id. */
  int vocabSize();

  /**
   * Whether words may be parted between these two characters and turned into tokens each for
   * itself: the tokens joined are those of the whole. A long text that nothing else cuts is taken
   * apart there.
   */
  default boolean parts(int before, int after) {
    return false;
  }

  /**
   * Writes itself as the model of a tokenizer.json.
   *
   * @param added texts of added tokens by their ids: those that lie among the model's own are part
   *     of its vocabulary, or other libraries would give them new ids
   */
  void write(ObjectNode json, Map<Integer, String> added);

  /** Turns words into ids. */
  interface Words {
    /** Adds the tokens of a word. */
    void encode(byte[] utf8, int from, int to, Tokens tokens);
  }
}

package io.github.llm4j.tokenizers.pipeline;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Cuts a text into words, which the model turns into ids one by one. Threading: immutable. */
public interface PreTokenizer {

  /**
   * End of the word that begins at {@code from}.
   *
   * @param utf8 whole characters
   * @param from where the word begins; below {@code to}
   * @param to end of the text
   */
  int wordEnd(byte[] utf8, int from, int to);

  /**
   * Whether a word always ends between these two characters, whatever stands around them: where a
   * long text may be taken apart.
   */
  boolean alwaysParts(int before, int after);

  /** Whether a text that doesn't begin with a space is given one. */
  boolean addsSpace();

  /** Writes itself as a component of a tokenizer.json. */
  void write(ObjectNode json);

  /** Reads one. */
  static PreTokenizer read(JsonPart part) {
    return ByteLevel.of(part);
  }
}

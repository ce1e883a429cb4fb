package io.github.llm4j.tokenizers.pipeline;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Changes a text before it is cut. Threading: immutable. */
public interface Normalizer {

  /** The text as the model sees it. */
  String normalize(String text);

  /** Writes itself as a component of a tokenizer.json. */
  void write(ObjectNode json);

  /** Reads one. */
  static Normalizer read(JsonPart part) {
    return new UnicodeForm(UnicodeForm.form(part.type(UnicodeForm.TYPES)));
  }
}

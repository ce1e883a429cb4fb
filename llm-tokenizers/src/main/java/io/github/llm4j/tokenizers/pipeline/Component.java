package io.github.llm4j.tokenizers.pipeline;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** A part of a tokenizer.json. */
public interface Component {
  /** Writes itself under its key. */
  void write(ObjectNode json);
}

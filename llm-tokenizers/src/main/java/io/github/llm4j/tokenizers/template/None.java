package io.github.llm4j.tokenizers.template;

/** Python's None, so that inside the engine no value is a Java null. */
enum None {
  /** The one value. */
  NONE
}

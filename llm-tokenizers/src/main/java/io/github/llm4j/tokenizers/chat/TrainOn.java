package io.github.llm4j.tokenizers.chat;

/** Which of the assistant's turns a model learns from. */
public enum TrainOn {
  /** All of them. */
  ALL,
  /** The last one. */
  LAST
}

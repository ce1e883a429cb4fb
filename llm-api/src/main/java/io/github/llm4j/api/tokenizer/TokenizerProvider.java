package io.github.llm4j.api.tokenizer;

import io.github.llm4j.api.component.ComponentProvider;

/**
 * Names a tokenizer and builds it.
 *
 * @param <S> its settings
 */
public interface TokenizerProvider<S extends Record>
    extends ComponentProvider<Tokenizer, S, TokenizerContext> {

  /**
   * Whether {@link #create} reads the training texts. What was learned is kept and used again for
   * the same texts and settings.
   */
  default boolean learns() {
    return false;
  }

  /**
   * The tokenizer as text that {@link #restore} reads: JSON, written into run and model folders.
   */
  String save(Tokenizer tokenizer);

  /** The tokenizer that {@link #save} wrote. */
  Tokenizer restore(String saved);
}

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
   * The tokenizer as text that {@link #restore} reads: JSON, written into run and model folders.
   */
  String save(Tokenizer tokenizer);

  /** The tokenizer that {@link #save} wrote. */
  Tokenizer restore(String saved);
}

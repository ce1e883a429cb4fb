package io.github.llm4j.trainers.data;

import io.github.llm4j.api.tokenizer.Tokenizer;

/**
 * Texts as ids of one tokenizer.
 *
 * @param store keeps them
 * @param tokenizer turns texts into ids
 * @param identity what tells the tokenizer from all others: its saved form
 * @param progress told how far it is
 */
public record TextTokens(
    TokenStore store, Tokenizer tokenizer, String identity, TokenStore.Progress progress) {

  /** Ids of a text, from the store if they are there. */
  TokenStore.Kept of(TextFile text) {
    return store.tokens(text, tokenizer, identity, progress);
  }
}

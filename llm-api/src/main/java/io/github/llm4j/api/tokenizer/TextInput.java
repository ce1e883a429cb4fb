package io.github.llm4j.api.tokenizer;

import java.util.Optional;

/**
 * What a model reads at once: a text, or a pair of texts, as a question and what answers it.
 *
 * @param text the first text
 * @param pair the second one, if there are two
 */
public record TextInput(CharSequence text, Optional<CharSequence> pair) {
  /** One text. */
  public static TextInput of(CharSequence text) {
    return new TextInput(text, Optional.empty());
  }

  /** Two texts. */
  public static TextInput of(CharSequence text, CharSequence pair) {
    return new TextInput(text, Optional.of(pair));
  }
}

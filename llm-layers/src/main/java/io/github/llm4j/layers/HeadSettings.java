package io.github.llm4j.layers;

import io.github.llm4j.api.component.Default;
import io.github.llm4j.api.component.Doc;

/**
 * How states become logits.
 *
 * @param tied whether the output shares the token embedding
 * @param bias whether there is a bias, if not tied
 */
@Doc("Language-model head: a logit for each id.")
public record HeadSettings(
    @Doc("whether the output shares the token embedding") @Default("true") boolean tied,
    @Doc("whether there is a bias, if not tied") @Default("false") boolean bias) {

  /** Without a bias that a tied head doesn't have. */
  HeadSettings resolved() {
    return new HeadSettings(tied, bias && !tied);
  }
}

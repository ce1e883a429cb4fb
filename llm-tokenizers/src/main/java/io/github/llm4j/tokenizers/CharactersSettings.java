package io.github.llm4j.tokenizers;

import io.github.llm4j.api.component.Doc;

/** Settings of the character tokenizer: none. */
@Doc(
    "One id for each character of the training texts; a text with another character is "
        + "refused, each other comes back from its ids unchanged.")
public record CharactersSettings() {}

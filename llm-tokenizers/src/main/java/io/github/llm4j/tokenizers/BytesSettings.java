package io.github.llm4j.tokenizers;

import io.github.llm4j.api.component.Doc;

/** Settings of the byte tokenizer: none. */
@Doc(
    "One id for each byte of the text's UTF-8, 256 in all; every text can be written, and "
        + "comes back from its ids unchanged.")
public record BytesSettings() {}

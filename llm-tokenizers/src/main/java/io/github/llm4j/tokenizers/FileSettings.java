package io.github.llm4j.tokenizers;

import io.github.llm4j.api.component.Doc;

/**
 * Settings of a tokenizer that lies on the disk.
 *
 * @param path a file or folder that {@link Tokenizers#open} reads
 */
@Doc(
    "A tokenizer that somebody else trained, as it lies on the disk: tokenizer.json and others. "
        + "That texts come back from their ids unchanged is promised of byte-level ones alone.")
public record FileSettings(
    @Doc("File of a tokenizer, or folder of a tokenizer or model.") String path) {}

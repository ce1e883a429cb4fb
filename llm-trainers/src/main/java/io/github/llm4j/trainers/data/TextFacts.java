package io.github.llm4j.trainers.data;

import java.nio.file.Path;

/**
 * A text that a run uses.
 *
 * @param key config key that names it, as {@code data.train.path}
 * @param path where it lies
 * @param tokens its ids
 * @param checksum hash of its bytes and of the tokenizer
 */
public record TextFacts(String key, Path path, long tokens, String checksum) {}

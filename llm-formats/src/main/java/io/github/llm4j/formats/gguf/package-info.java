/**
 * Reads and writes GGUF files: {@link io.github.llm4j.formats.gguf.GgufFile}. What keys and tensors
 * mean to a model or a tokenizer must not go in, nor how blocks are dequantised.
 */
@NullMarked
package io.github.llm4j.formats.gguf;

import org.jspecify.annotations.NullMarked;

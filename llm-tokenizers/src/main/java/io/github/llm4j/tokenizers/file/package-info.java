/**
 * Tokenizers of other forms than tokenizer.json, each rewritten as one: {@link
 * io.github.llm4j.tokenizers.file.TokenizerFiles}. What a component does must not go in.
 */
@NullMarked
package io.github.llm4j.tokenizers.file;

import org.jspecify.annotations.NullMarked;

/**
 * What cuts a text into words: {@link io.github.llm4j.tokenizers.pretokenizer.PreTokenizers} reads
 * them. Models must not go in.
 */
@NullMarked
package io.github.llm4j.tokenizers.pretokenizer;

import org.jspecify.annotations.NullMarked;

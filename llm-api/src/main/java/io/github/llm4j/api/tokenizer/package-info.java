/**
 * Text to ids and back: {@link io.github.llm4j.api.tokenizer.Tokenizer}. File formats must not go
 * in.
 */
@NullMarked
package io.github.llm4j.api.tokenizer;

import org.jspecify.annotations.NullMarked;

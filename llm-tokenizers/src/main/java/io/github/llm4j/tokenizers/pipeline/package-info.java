/**
 * The parts that a tokenizer.json is made of, and what joins them: {@link
 * io.github.llm4j.tokenizers.pipeline.Pipeline}. Models must not go in.
 */
@NullMarked
package io.github.llm4j.tokenizers.pipeline;

import org.jspecify.annotations.NullMarked;

/**
 * What makes a text of tokens, as tokenizer.json has it: {@link
 * io.github.llm4j.tokenizers.decoder.Decoders}. What makes tokens of a text must not go in.
 */
@NullMarked
package io.github.llm4j.tokenizers.decoder;

import org.jspecify.annotations.NullMarked;

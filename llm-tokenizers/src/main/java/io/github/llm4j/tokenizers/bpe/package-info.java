/**
 * Byte-pair encoding and its training: {@link io.github.llm4j.tokenizers.bpe.BytePairs}. Other
 * models must not go in.
 */
@NullMarked
package io.github.llm4j.tokenizers.bpe;

import org.jspecify.annotations.NullMarked;

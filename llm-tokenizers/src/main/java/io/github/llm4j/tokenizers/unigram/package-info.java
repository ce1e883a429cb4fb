/**
 * The Unigram language model and its training: {@link
 * io.github.llm4j.tokenizers.unigram.UnigramModel}. Other models, normalization and files of other
 * tools must not go in.
 */
@NullMarked
package io.github.llm4j.tokenizers.unigram;

import org.jspecify.annotations.NullMarked;

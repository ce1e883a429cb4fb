/**
 * The model of BERT's tokenizer: {@link io.github.llm4j.tokenizers.wordpiece.WordPiece}. Other
 * models must not go in.
 */
@NullMarked
package io.github.llm4j.tokenizers.wordpiece;

import org.jspecify.annotations.NullMarked;

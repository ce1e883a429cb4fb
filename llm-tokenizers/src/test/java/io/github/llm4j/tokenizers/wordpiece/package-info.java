/** WordPiece against its definition. */
@NullMarked
package io.github.llm4j.tokenizers.wordpiece;

import org.jspecify.annotations.NullMarked;

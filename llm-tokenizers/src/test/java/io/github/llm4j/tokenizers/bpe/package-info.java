/** Tests of the package. */
@NullMarked
package io.github.llm4j.tokenizers.bpe;

import org.jspecify.annotations.NullMarked;

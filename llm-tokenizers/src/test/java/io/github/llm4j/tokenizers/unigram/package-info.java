/** Tests of the package. */
@NullMarked
package io.github.llm4j.tokenizers.unigram;

import org.jspecify.annotations.NullMarked;

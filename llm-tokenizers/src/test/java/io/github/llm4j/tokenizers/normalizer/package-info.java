/** Tests of the package. */
@NullMarked
package io.github.llm4j.tokenizers.normalizer;

import org.jspecify.annotations.NullMarked;

/** Tests of the package. */
@NullMarked
package io.github.llm4j.tokenizers.pretokenizer;

import org.jspecify.annotations.NullMarked;

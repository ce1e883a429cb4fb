/** Tests of the package. */
@NullMarked
package io.github.llm4j.tokenizers.frame;

import org.jspecify.annotations.NullMarked;

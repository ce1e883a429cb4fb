/** Tests of the package. */
@NullMarked
package io.github.llm4j.tokenizers.pipeline;

import org.jspecify.annotations.NullMarked;

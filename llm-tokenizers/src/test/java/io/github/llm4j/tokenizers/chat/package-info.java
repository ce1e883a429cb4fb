/** Tests of the package. */
@NullMarked
package io.github.llm4j.tokenizers.chat;

import org.jspecify.annotations.NullMarked;

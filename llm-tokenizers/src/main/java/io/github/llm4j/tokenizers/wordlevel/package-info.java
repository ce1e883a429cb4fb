/**
 * Words that are tokens as they are: {@link io.github.llm4j.tokenizers.wordlevel.WordLevel}. Other
 * models must not go in.
 */
@NullMarked
package io.github.llm4j.tokenizers.wordlevel;

import org.jspecify.annotations.NullMarked;

/**
 * What models share: tokens with their ids, {@link
 * io.github.llm4j.tokenizers.vocabulary.Vocabulary}, and words met before. Models must not go in.
 */
@NullMarked
package io.github.llm4j.tokenizers.vocabulary;

import org.jspecify.annotations.NullMarked;

/**
 * What changes a text before it is cut into words: {@link
 * io.github.llm4j.tokenizers.normalizer.Normalizers} reads them. What cuts must not go in.
 */
@NullMarked
package io.github.llm4j.tokenizers.normalizer;

import org.jspecify.annotations.NullMarked;

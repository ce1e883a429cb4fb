/**
 * Reads and makes SentencePiece's compiled rules of normalization, which tokenizer.json calls
 * Precompiled: {@link io.github.llm4j.formats.charsmap.Charsmap}. In which pieces a text is looked
 * up must not go in.
 */
@NullMarked
package io.github.llm4j.formats.charsmap;

import org.jspecify.annotations.NullMarked;

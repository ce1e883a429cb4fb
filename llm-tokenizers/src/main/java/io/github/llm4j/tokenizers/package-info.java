/**
 * Turns text into token ids and back.
 *
 * <p>Nothing that knows layers, backends or training may go in.
 */
@NullMarked
package io.github.llm4j.tokenizers;

import org.jspecify.annotations.NullMarked;

/**
 * Lets a language model write: {@link io.github.llm4j.tasks.generation.TextGenerator}.
 *
 * <p>No printing, no protocol and no training may go in.
 */
@NullMarked
package io.github.llm4j.tasks.generation;

import org.jspecify.annotations.NullMarked;

/**
 * What goes wrong, by kind: {@link io.github.llm4j.api.error.LlmException}. A subclass stands only
 * where a caller acts differently.
 */
@NullMarked
package io.github.llm4j.api.error;

import org.jspecify.annotations.NullMarked;

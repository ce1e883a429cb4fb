/**
 * Counter-based random numbers: {@link io.github.llm4j.api.random.Philox}. The same on every
 * backend, so no generator with hidden state belongs here.
 */
@NullMarked
package io.github.llm4j.api.random;

import org.jspecify.annotations.NullMarked;

/**
 * A step recorded once and replayed: {@link io.github.llm4j.runtime.plan.Recorder} books launches,
 * {@link io.github.llm4j.runtime.plan.Plan} runs them. Derivatives and layers must not go in.
 */
@NullMarked
package io.github.llm4j.runtime.plan;

import org.jspecify.annotations.NullMarked;

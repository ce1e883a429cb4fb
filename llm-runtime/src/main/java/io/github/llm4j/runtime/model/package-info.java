/**
 * A model with its memory: {@link io.github.llm4j.runtime.model.Model} and its {@link
 * io.github.llm4j.runtime.model.Parameters}. Training and generation stand elsewhere.
 */
@NullMarked
package io.github.llm4j.runtime.model;

import org.jspecify.annotations.NullMarked;

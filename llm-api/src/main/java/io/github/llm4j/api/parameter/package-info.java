/**
 * What a model learns: {@link io.github.llm4j.api.parameter.Parameter}, named by path and
 * initialised by counter. Memory, gradients and derived forms live in the runtime, not here.
 */
@NullMarked
package io.github.llm4j.api.parameter;

import org.jspecify.annotations.NullMarked;

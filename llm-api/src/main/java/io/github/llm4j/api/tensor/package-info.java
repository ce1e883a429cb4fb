/**
 * What a tensor is before anything is computed: {@link io.github.llm4j.api.tensor.Tensor}, its
 * shape and element type. No arithmetic belongs here; ops live in {@code api.op}.
 */
@NullMarked
package io.github.llm4j.api.tensor;

import org.jspecify.annotations.NullMarked;

/**
 * Ops as values: {@link io.github.llm4j.api.op.Op} and the one method that applies them, {@link
 * io.github.llm4j.api.op.Ops}. Primitives, fusions with their decompositions, update ops. Kernels
 * and memory must not go in.
 */
@NullMarked
package io.github.llm4j.api.op;

import org.jspecify.annotations.NullMarked;

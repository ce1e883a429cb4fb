/**
 * The backward pass: {@link io.github.llm4j.runtime.autograd.Tape}. Derivatives themselves stand
 * with the ops.
 */
@NullMarked
package io.github.llm4j.runtime.autograd;

import org.jspecify.annotations.NullMarked;

/**
 * Reference kernels that compute one element after the other: {@link
 * io.github.llm4j.backend.cpu.scalar.ScalarKernels}. They define what every faster kernel gives;
 * nothing is done here for speed.
 */
@NullMarked
package io.github.llm4j.backend.cpu.scalar;

import org.jspecify.annotations.NullMarked;

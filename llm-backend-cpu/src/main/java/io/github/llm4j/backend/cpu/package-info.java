/**
 * Computes ops on the CPU.
 *
 * <p>Nothing that decides what to compute may go in.
 */
@NullMarked
package io.github.llm4j.backend.cpu;

import org.jspecify.annotations.NullMarked;

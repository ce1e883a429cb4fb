/**
 * Computes ops on the CPU: {@link io.github.llm4j.backend.cpu.CpuBackendProvider}.
 *
 * <p>Nothing that decides what to compute may go in.
 */
@NullMarked
package io.github.llm4j.backend.cpu;

import org.jspecify.annotations.NullMarked;

/**
 * Kernels on the Java Vector API: {@link io.github.llm4j.backend.cpu.vector.VectorKernels}.
 *
 * <p>Operands come in tiles of floats, whatever their type in memory, so each formula is written
 * once. No {@code lanewise(EXP)}, {@code lanewise(TANH)} or {@code reduceLanes} may go in: their
 * bits change when a method is compiled.
 */
@NullMarked
package io.github.llm4j.backend.cpu.vector;

import org.jspecify.annotations.NullMarked;

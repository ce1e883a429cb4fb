/**
 * Loops on the Java Vector API: {@link io.github.llm4j.backend.cpu.vector.VectorLoops}.
 *
 * <p>No {@code lanewise(EXP)}, {@code lanewise(TANH)} or {@code reduceLanes} may go in: their bits
 * change when a method is compiled.
 */
@NullMarked
package io.github.llm4j.backend.cpu.vector;

import org.jspecify.annotations.NullMarked;

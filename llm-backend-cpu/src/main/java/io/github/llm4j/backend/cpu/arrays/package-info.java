/**
 * Loops for a Java without the Vector API: {@link io.github.llm4j.backend.cpu.arrays.ArrayLoops}.
 *
 * <p>Plain loops over small arrays, which the compiler turns into vectors by itself. It does so
 * with {@code Math.fma}, min, max, square roots and conversions of numbers, but not with bits taken
 * for floats, comparisons that choose, sums, or anything over memory: none of these may go into a
 * loop that matters.
 */
@NullMarked
package io.github.llm4j.backend.cpu.arrays;

import org.jspecify.annotations.NullMarked;

/**
 * Kernels over tiles and rows of floats, whatever their type in memory, so that each is written
 * once for every rung: {@link io.github.llm4j.backend.cpu.tile.TileKernels}.
 *
 * <p>No class of the Vector API may go in, nor a loop over memory: those are the rung's {@link
 * io.github.llm4j.backend.cpu.tile.Loops}.
 */
@NullMarked
package io.github.llm4j.backend.cpu.tile;

import org.jspecify.annotations.NullMarked;

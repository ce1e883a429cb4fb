/**
 * Computes ops on NVIDIA GPUs.
 *
 * <p>Nothing that decides what to compute may go in.
 */
@NullMarked
package io.github.llm4j.backend.cuda;

import org.jspecify.annotations.NullMarked;

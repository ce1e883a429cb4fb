/**
 * Attention on blocks of scores that stay in the cache, forward and backward: {@link
 * io.github.llm4j.backend.cpu.attention.FlashAttention}. No other op belongs here.
 */
@NullMarked
package io.github.llm4j.backend.cpu.attention;

import org.jspecify.annotations.NullMarked;

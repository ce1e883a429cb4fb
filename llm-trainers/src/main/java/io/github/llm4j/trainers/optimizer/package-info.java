/**
 * Optimizers over flat arenas: {@link io.github.llm4j.trainers.optimizer.AdamWProvider}. Schedules
 * and clipping must not go in.
 */
@NullMarked
package io.github.llm4j.trainers.optimizer;

import org.jspecify.annotations.NullMarked;

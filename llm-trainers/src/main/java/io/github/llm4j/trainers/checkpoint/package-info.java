/**
 * Checkpoints of a run: {@link io.github.llm4j.trainers.checkpoint.Checkpoints}. When one is due is
 * the run's business.
 */
@NullMarked
package io.github.llm4j.trainers.checkpoint;

import org.jspecify.annotations.NullMarked;

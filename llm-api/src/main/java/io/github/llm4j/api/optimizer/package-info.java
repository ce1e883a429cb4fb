/**
 * What turns gradients into new parameters: {@link io.github.llm4j.api.optimizer.Optimizer}.
 * Schedules and clipping belong to the trainer.
 */
@NullMarked
package io.github.llm4j.api.optimizer;

import org.jspecify.annotations.NullMarked;

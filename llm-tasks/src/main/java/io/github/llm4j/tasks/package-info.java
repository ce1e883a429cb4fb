/**
 * What a model is used for: tasks, generation, metrics, facades.
 *
 * <p>No training loop and no printing may go in.
 */
@NullMarked
package io.github.llm4j.tasks;

import org.jspecify.annotations.NullMarked;

/**
 * Learning rates over a run: {@link io.github.llm4j.trainers.schedule.Schedule}. Optimizers must
 * not go in.
 */
@NullMarked
package io.github.llm4j.trainers.schedule;

import org.jspecify.annotations.NullMarked;

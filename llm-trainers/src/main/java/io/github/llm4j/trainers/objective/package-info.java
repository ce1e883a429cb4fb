/**
 * Losses: {@link io.github.llm4j.trainers.objective.LanguageModeling}. Data and metrics must not go
 * in.
 */
@NullMarked
package io.github.llm4j.trainers.objective;

import org.jspecify.annotations.NullMarked;

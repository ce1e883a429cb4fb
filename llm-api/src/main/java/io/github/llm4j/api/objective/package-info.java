/**
 * What is minimised: {@link io.github.llm4j.api.objective.Objective}. Data and metrics must not go
 * in.
 */
@NullMarked
package io.github.llm4j.api.objective;

import org.jspecify.annotations.NullMarked;

/**
 * Contract suites that a plugin runs in its own tests: {@link
 * io.github.llm4j.testkit.BackendContract}, {@link io.github.llm4j.testkit.InterpreterContract},
 * {@link io.github.llm4j.testkit.GradientCheck}.
 *
 * <p>Nothing that production code needs may go in.
 */
@NullMarked
package io.github.llm4j.testkit;

import org.jspecify.annotations.NullMarked;

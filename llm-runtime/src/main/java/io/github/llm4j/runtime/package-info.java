/**
 * Finds plugins, binds configs, records plans and runs them.
 *
 * <p>No layer, kernel or training loop may go in.
 */
@NullMarked
package io.github.llm4j.runtime;

import org.jspecify.annotations.NullMarked;

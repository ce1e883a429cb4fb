/**
 * The llm command: parses, prints, and maps errors to exit codes.
 *
 * <p>No logic that an application could want may go in.
 */
@NullMarked
package io.github.llm4j.cli;

import org.jspecify.annotations.NullMarked;

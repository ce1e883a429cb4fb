/**
 * Reads and writes the files of other tools, trusting none of their bytes.
 *
 * <p>Nothing that knows what a model is may go in.
 */
@NullMarked
package io.github.llm4j.formats;

import org.jspecify.annotations.NullMarked;

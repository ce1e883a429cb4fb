/**
 * Files that are whole or not there: {@link io.github.llm4j.runtime.file.SafeFiles}. What is
 * written must not go in.
 */
@NullMarked
package io.github.llm4j.runtime.file;

import org.jspecify.annotations.NullMarked;

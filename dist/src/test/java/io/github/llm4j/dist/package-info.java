/**
 * Tests that look at all modules at once: who may know whom, and what is published.
 *
 * <p>Tests of one module's behaviour don't go here.
 */
@NullMarked
package io.github.llm4j.dist;

import org.jspecify.annotations.NullMarked;

/**
 * Trains a model on a stream of samples.
 *
 * <p>Nothing that knows a particular task may go in.
 */
@NullMarked
package io.github.llm4j.trainers;

import org.jspecify.annotations.NullMarked;

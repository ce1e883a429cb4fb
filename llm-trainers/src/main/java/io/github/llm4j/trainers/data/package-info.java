/**
 * From text files to batches of ids: {@link io.github.llm4j.trainers.data.TrainingData}. Models
 * must not go in.
 */
@NullMarked
package io.github.llm4j.trainers.data;

import org.jspecify.annotations.NullMarked;

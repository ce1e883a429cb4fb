/**
 * The training loop: {@link io.github.llm4j.trainers.loop.Trainer}. Files and settings must not go
 * in.
 */
@NullMarked
package io.github.llm4j.trainers.loop;

import org.jspecify.annotations.NullMarked;

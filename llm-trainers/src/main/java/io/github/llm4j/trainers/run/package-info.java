/**
 * A whole run from its config: {@link io.github.llm4j.trainers.run.Pretraining} and the folder that
 * it leaves. Arithmetic must not go in.
 */
@NullMarked
package io.github.llm4j.trainers.run;

import org.jspecify.annotations.NullMarked;

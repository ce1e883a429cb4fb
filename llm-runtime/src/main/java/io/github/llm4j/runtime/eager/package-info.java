/**
 * Ops that compute at once, for tests and tinkering: {@link
 * io.github.llm4j.runtime.eager.EagerOps}. Nothing that runs in a training step belongs here.
 */
@NullMarked
package io.github.llm4j.runtime.eager;

import org.jspecify.annotations.NullMarked;

/**
 * The threads of a process: {@link io.github.llm4j.api.worker.Workers}. Nobody else makes threads
 * for computing; no queues or schedulers belong here.
 */
@NullMarked
package io.github.llm4j.api.worker;

import org.jspecify.annotations.NullMarked;

/**
 * The threads of the process: {@link io.github.llm4j.runtime.worker.WorkerPool}. No work belongs
 * here.
 */
@NullMarked
package io.github.llm4j.runtime.worker;

import org.jspecify.annotations.NullMarked;

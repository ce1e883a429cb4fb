package io.github.llm4j.runtime.model;

import io.github.llm4j.api.tensor.TensorSpec;
import java.lang.foreign.MemorySegment;

/**
 * Memory that lasts from step to step.
 *
 * @param spec its type and shape
 * @param memory of the backend
 */
public record StateTensor(TensorSpec spec, MemorySegment memory) {}

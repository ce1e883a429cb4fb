package io.github.llm4j.runtime.plan;

import io.github.llm4j.api.op.Ops;
import io.github.llm4j.api.tensor.Tensor;
import io.github.llm4j.api.tensor.TensorSpec;
import java.lang.foreign.MemorySegment;

/** Ops that can also work on memory that outlives them: parameters, gradients, caches. */
public interface ExternalOps extends Ops {

  /**
   * A handle of memory that somebody else owns.
   *
   * @param memory of the backend, as long as the spec says
   */
  Tensor external(MemorySegment memory, TensorSpec spec);
}

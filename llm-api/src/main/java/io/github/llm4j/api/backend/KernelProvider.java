package io.github.llm4j.api.backend;

import io.github.llm4j.api.op.Op;
import io.github.llm4j.api.tensor.TensorSpec;
import java.util.List;
import java.util.Optional;

/**
 * Kernels that somebody adds to a backend that is not theirs, for ops of their own. Loaded by
 * ServiceLoader. It replaces a kernel of the backend only where the config names it.
 */
public interface KernelProvider {

  /** Name of the backend, as {@code cpu}. */
  String backend();

  /** A kernel for an op over operands of these specs, or empty. */
  Optional<Kernel> kernel(Op op, List<TensorSpec> inputs);
}

package io.github.llm4j.api.backend;

import io.github.llm4j.api.op.Op;
import io.github.llm4j.api.tensor.TensorSpec;
import java.util.List;
import java.util.Optional;

/** Kernels for some ops. */
@FunctionalInterface
public interface KernelSet {

  /**
   * A kernel for an op over operands of these specs, or empty if there is none.
   *
   * @param op the op; its components are constants of the kernel
   * @param inputs specs of the operands, already checked by {@link Op#outputs}
   */
  Optional<Kernel> kernel(Op op, List<TensorSpec> inputs);
}

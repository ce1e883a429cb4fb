package io.github.llm4j.backend.cpu.product;

import io.github.llm4j.api.backend.Kernel;
import io.github.llm4j.api.backend.KernelProvider;
import io.github.llm4j.api.op.Op;
import io.github.llm4j.api.tensor.TensorSpec;
import io.github.llm4j.api.worker.Workers;
import java.util.List;
import java.util.Optional;

/** Products and linear maps in F32 and bf16 by the Vector API, which needs its module. */
public final class VectorProducts implements KernelProvider {
  private final Workers workers;

  /** Kernels for these workers. */
  public VectorProducts(Workers workers) {
    this.workers = workers;
  }

  @Override
  public String backend() {
    return "cpu";
  }

  @Override
  public Optional<Kernel> kernel(Op op, List<TensorSpec> inputs) {
    return Product.of(op, inputs).map(product -> new VectorProduct(product, workers));
  }
}

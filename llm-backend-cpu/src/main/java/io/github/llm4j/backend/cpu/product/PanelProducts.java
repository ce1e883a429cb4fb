package io.github.llm4j.backend.cpu.product;

import io.github.llm4j.api.backend.Kernel;
import io.github.llm4j.api.backend.KernelSet;
import io.github.llm4j.api.op.Op;
import io.github.llm4j.api.tensor.TensorSpec;
import io.github.llm4j.api.worker.Workers;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Products and linear maps in F32 and bf16 in panels, for where the native library is missing. */
public final class PanelProducts implements KernelSet {
  private final Workers workers;
  private final Supplier<Tiles> tiles;

  /** Kernels for these workers, of which each has its own tiles. */
  public PanelProducts(Workers workers, Supplier<Tiles> tiles) {
    this.workers = workers;
    this.tiles = tiles;
  }

  @Override
  public Optional<Kernel> kernel(Op op, List<TensorSpec> inputs) {
    return Product.of(op, inputs).map(product -> new PanelProduct(product, workers, tiles));
  }
}

package io.github.llm4j.backend.cpu.attention;

import io.github.llm4j.api.backend.Kernel;
import io.github.llm4j.api.backend.KernelSet;
import io.github.llm4j.api.op.Attention;
import io.github.llm4j.api.op.AttentionGrad;
import io.github.llm4j.api.op.Op;
import io.github.llm4j.api.tensor.DType;
import io.github.llm4j.api.tensor.TensorSpec;
import io.github.llm4j.api.worker.Workers;
import io.github.llm4j.backend.cpu.product.Tiles;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Attention and its gradients in F32 and bf16, without a soft cap and without a bias: those are
 * taken apart.
 *
 * <p>Dao 2023, arXiv:2307.08691. Work is split by text and key head, so the bits don't depend on
 * the number of workers.
 */
public final class FlashAttention implements KernelSet {
  private final Workers workers;
  private final Supplier<Tiles> tiles;
  private final Supplier<ScoreLoops> loops;

  /** Kernels for these workers, of which each has tiles and loops of its own. */
  public FlashAttention(Workers workers, Supplier<Tiles> tiles, Supplier<ScoreLoops> loops) {
    this.workers = workers;
    this.tiles = tiles;
    this.loops = loops;
  }

  @Override
  public Optional<Kernel> kernel(Op op, List<TensorSpec> inputs) {
    return switch (op) {
      case Attention attention when known(attention, inputs) ->
          Optional.of(
              bindings ->
                  new Forward(sizes(attention, inputs), workers, tiles, loops).bind(bindings));
      case AttentionGrad grad when known(grad.forward(), inputs) ->
          Optional.of(
              bindings ->
                  new Backward(sizes(grad.forward(), inputs), workers, tiles, loops)
                      .bind(bindings));
      default -> Optional.empty();
    };
  }

  private Sizes sizes(Attention op, List<TensorSpec> inputs) {
    return Sizes.of(op, inputs, tiles.get());
  }

  private static boolean known(Attention op, List<TensorSpec> inputs) {
    DType type = inputs.get(0).dtype();
    return (type == DType.F32 || type == DType.BF16)
        && op.softCap() == 0
        && !op.bias()
        && inputs.get(0).shape().elements() > 0
        && inputs.get(1).shape().elements() > 0;
  }
}

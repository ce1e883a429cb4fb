package io.github.llm4j.backend.cpu.tile;

import io.github.llm4j.api.backend.Kernel;
import io.github.llm4j.api.backend.KernelSet;
import io.github.llm4j.api.op.Accumulate;
import io.github.llm4j.api.op.Adafactor;
import io.github.llm4j.api.op.AdamW;
import io.github.llm4j.api.op.CacheAppend;
import io.github.llm4j.api.op.ColumnSum;
import io.github.llm4j.api.op.CrossEntropy;
import io.github.llm4j.api.op.CrossEntropyGrad;
import io.github.llm4j.api.op.Descend;
import io.github.llm4j.api.op.Dropout;
import io.github.llm4j.api.op.Embedding;
import io.github.llm4j.api.op.LayerNorm;
import io.github.llm4j.api.op.LayerNormGrad;
import io.github.llm4j.api.op.Lion;
import io.github.llm4j.api.op.MovingAverage;
import io.github.llm4j.api.op.Op;
import io.github.llm4j.api.op.ResidualNorm;
import io.github.llm4j.api.op.RmsNorm;
import io.github.llm4j.api.op.RmsNormGrad;
import io.github.llm4j.api.op.Rope;
import io.github.llm4j.api.op.ScatterAddRows;
import io.github.llm4j.api.op.Sgd;
import io.github.llm4j.api.op.Softmax;
import io.github.llm4j.api.op.Span;
import io.github.llm4j.api.op.SquaredNorm;
import io.github.llm4j.api.op.UnitMatrix;
import io.github.llm4j.api.tensor.DType;
import io.github.llm4j.api.tensor.TensorSpec;
import io.github.llm4j.api.worker.Workers;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Kernels in F32 and BF16 over tiles; what is missing goes to the next rung. */
public final class TileKernels implements KernelSet {
  private final Loops loops;
  private final Workers workers;

  /** Kernels with these loops over these workers. */
  public TileKernels(Loops loops, Workers workers) {
    this.loops = loops;
    this.workers = workers;
  }

  @Override
  public Optional<Kernel> kernel(Op op, List<TensorSpec> inputs) {
    boolean empty = inputs.stream().anyMatch(s -> s.shape().elements() == 0);
    return empty ? Optional.empty() : Optional.ofNullable(find(op, inputs));
  }

  private @Nullable Kernel find(Op op, List<TensorSpec> in) {
    @Nullable Kernel kernel = elements(op, in);
    return kernel != null ? kernel : rows(op, in);
  }

  private @Nullable Kernel elements(Op op, List<TensorSpec> in) {
    @Nullable ElementLoop loop = known(in) ? loops.element(op) : null;
    if (loop == null) {
      return null;
    }
    return ElementKernel.of(op, in, loops, workers, loop);
  }

  private @Nullable Kernel rows(Op op, List<TensorSpec> in) {
    return switch (op) {
      case LayerNorm norm when known(in) -> NormKernels.layerNorm(norm, in, loops, workers);
      case RmsNorm norm when known(in) -> NormKernels.rmsNorm(norm, in, loops, workers);
      case ResidualNorm norm when known(in) && wide(in) ->
          NormKernels.residual(norm, in, loops, workers);
      case LayerNormGrad grad when known(in) -> NormGradKernels.layerNorm(grad, in, loops, workers);
      case RmsNormGrad grad when known(in) -> NormGradKernels.rmsNorm(grad, in, loops, workers);
      case Softmax softmax when known(in) -> LossKernels.softmax(softmax, in, loops, workers);
      case CrossEntropy loss when floats(in, 0) ->
          LossKernels.crossEntropy(loss, in, loops, workers);
      case CrossEntropyGrad grad when floats(in, 0) ->
          LossKernels.crossEntropyGrad(grad, in, loops, workers);
      case ColumnSum sum when known(in) -> SumKernels.columnSum(sum, in, loops, workers);
      case SquaredNorm norm when single(in) -> SumKernels.squaredNorm(norm, in, loops, workers);
      case Embedding embedding when floats(in, 0) && Operand.knows(embedding.out()) ->
          TableKernels.embedding(embedding, in, loops, workers);
      case ScatterAddRows scatter when floats(in, 0) ->
          TableKernels.scatterAdd(scatter, in, loops, workers);
      case CacheAppend append -> TableKernels.cacheAppend(append, in, loops, workers);
      case Rope rope when floats(in, 0) && floats(in, 1) -> RopeKernel.of(rope, in, loops, workers);
      case Dropout dropout when floats(in, 0) -> DropoutKernel.of(dropout, in, loops, workers);
      case Accumulate accumulate when single(in) ->
          UpdateKernels.accumulate(accumulate, in, loops, workers);
      case AdamW adamW when in.get(0).dtype() == DType.F32 ->
          UpdateKernels.adamW(adamW, in, loops, workers);
      default -> arenas(op, in);
    };
  }

  private @Nullable Kernel arenas(Op op, List<TensorSpec> in) {
    return switch (op) {
      case Sgd sgd when SpanKernel.knows(sgd, in, sgd.arenas()) ->
          SpanKernel.of(sgd, in, sgd.spans(), sgd.arenas(), UpdateLoops.sgd(sgd), loops, workers);
      case Lion lion when SpanKernel.knows(lion, in, 3) ->
          SpanKernel.of(lion, in, lion.spans(), 3, UpdateLoops.lion(lion), loops, workers);
      case MovingAverage average when SpanKernel.knows(average, in, 2) ->
          SpanKernel.of(average, in, whole(in, 0), 2, UpdateLoops.movingAverage(), loops, workers);
      case Descend descend when SpanKernel.knows(descend, in, 2) ->
          SpanKernel.of(
              descend,
              in,
              whole(in, descend.decay()),
              2,
              UpdateLoops.descend(descend),
              loops,
              workers);
      case Adafactor adafactor when AdafactorKernel.knows(adafactor, in) ->
          new AdafactorKernel(adafactor, in, loops, workers);
      case UnitMatrix unit when known(in) && Operand.knows(unit.out()) ->
          new UnitMatrixKernel(unit, in, loops, workers);
      default -> null;
    };
  }

  private static List<Span> whole(List<TensorSpec> in, double decay) {
    return List.of(new Span(0, in.get(0).shape().elements(), decay, 1));
  }

  private static boolean floats(List<TensorSpec> specs, int index) {
    return Operand.knows(specs.get(index).dtype());
  }

  /** Whether the sum of the first two is kept in F32, as its norm must see it. */
  private static boolean wide(List<TensorSpec> specs) {
    return DType.wider(specs.get(0).dtype(), specs.get(1).dtype()) == DType.F32;
  }

  private static boolean single(List<TensorSpec> specs) {
    return specs.stream().allMatch(s -> s.dtype() == DType.F32);
  }

  private static boolean known(List<TensorSpec> specs) {
    return specs.stream().allMatch(s -> Operand.knows(s.dtype()));
  }
}

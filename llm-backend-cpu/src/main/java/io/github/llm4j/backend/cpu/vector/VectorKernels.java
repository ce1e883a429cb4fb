package io.github.llm4j.backend.cpu.vector;

import io.github.llm4j.api.backend.Kernel;
import io.github.llm4j.api.backend.KernelProvider;
import io.github.llm4j.api.op.Accumulate;
import io.github.llm4j.api.op.AdamW;
import io.github.llm4j.api.op.Add;
import io.github.llm4j.api.op.CacheAppend;
import io.github.llm4j.api.op.Cast;
import io.github.llm4j.api.op.ColumnSum;
import io.github.llm4j.api.op.CrossEntropy;
import io.github.llm4j.api.op.CrossEntropyGrad;
import io.github.llm4j.api.op.Dropout;
import io.github.llm4j.api.op.Embedding;
import io.github.llm4j.api.op.Erf;
import io.github.llm4j.api.op.Exp;
import io.github.llm4j.api.op.Gelu;
import io.github.llm4j.api.op.GeluGrad;
import io.github.llm4j.api.op.LayerNorm;
import io.github.llm4j.api.op.LayerNormGrad;
import io.github.llm4j.api.op.Max;
import io.github.llm4j.api.op.Mul;
import io.github.llm4j.api.op.Op;
import io.github.llm4j.api.op.Reciprocal;
import io.github.llm4j.api.op.RmsNorm;
import io.github.llm4j.api.op.RmsNormGrad;
import io.github.llm4j.api.op.Rope;
import io.github.llm4j.api.op.Rsqrt;
import io.github.llm4j.api.op.Scale;
import io.github.llm4j.api.op.ScatterAddRows;
import io.github.llm4j.api.op.Softmax;
import io.github.llm4j.api.op.SquaredNorm;
import io.github.llm4j.api.op.SwiGlu;
import io.github.llm4j.api.op.SwiGluGrad;
import io.github.llm4j.api.op.Tanh;
import io.github.llm4j.api.tensor.DType;
import io.github.llm4j.api.tensor.TensorSpec;
import io.github.llm4j.api.worker.Workers;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Kernels in F32 and BF16 on the Vector API; what it lacks goes to the next rung. */
public final class VectorKernels implements KernelProvider {
  private final Workers workers;

  /** Kernels over these workers; only where {@link VectorProbe} found the module. */
  public VectorKernels(Workers workers) {
    this.workers = workers;
  }

  @Override
  public String backend() {
    return "cpu";
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
    ElementKernel.@Nullable Loop loop =
        switch (op) {
          case Add add -> ElementLoops::add;
          case Mul mul -> ElementLoops::mul;
          case Max max -> ElementLoops::max;
          case Scale scale -> ElementLoops.scale(scale.factor(), scale.offset());
          case Cast cast when Tile.knows(cast.to()) -> ElementLoops::copy;
          case Exp exp -> ElementLoops::exp;
          case Tanh tanh -> ElementLoops::tanh;
          case Erf erf -> ElementLoops::erf;
          case Rsqrt rsqrt -> ElementLoops::rsqrt;
          case Reciprocal reciprocal -> ElementLoops::reciprocal;
          case Gelu gelu -> gelu.tanh() ? ElementLoops::geluTanh : ElementLoops::geluErf;
          case GeluGrad grad ->
              grad.tanh() ? ElementLoops::geluTanhGrad : ElementLoops::geluErfGrad;
          case SwiGlu swiGlu -> ElementLoops::swiGlu;
          case SwiGluGrad grad -> ElementLoops::swiGluGrad;
          default -> null;
        };
    if (loop == null || !known(in)) {
      return null;
    }
    return ElementKernel.of(op, in, workers, loop);
  }

  private @Nullable Kernel rows(Op op, List<TensorSpec> in) {
    return switch (op) {
      case LayerNorm norm when known(in) -> NormKernels.layerNorm(norm, in, workers);
      case RmsNorm norm when known(in) -> NormKernels.rmsNorm(norm, in, workers);
      case LayerNormGrad grad when known(in) -> NormGradKernels.layerNorm(grad, in, workers);
      case RmsNormGrad grad when known(in) -> NormGradKernels.rmsNorm(grad, in, workers);
      case Softmax softmax when known(in) -> LossKernels.softmax(softmax, in, workers);
      case CrossEntropy loss when floats(in, 0) -> LossKernels.crossEntropy(loss, in, workers);
      case CrossEntropyGrad grad when floats(in, 0) ->
          LossKernels.crossEntropyGrad(grad, in, workers);
      case ColumnSum sum when known(in) -> SumKernels.columnSum(sum, in, workers);
      case SquaredNorm norm when single(in) -> SumKernels.squaredNorm(norm, in, workers);
      case Embedding embedding when floats(in, 0) && Tile.knows(embedding.out()) ->
          TableKernels.embedding(embedding, in, workers);
      case ScatterAddRows scatter when floats(in, 0) ->
          TableKernels.scatterAdd(scatter, in, workers);
      case CacheAppend append -> TableKernels.cacheAppend(append, in, workers);
      case Rope rope when floats(in, 0) && floats(in, 1) -> RopeKernel.of(rope, in, workers);
      case Dropout dropout when floats(in, 0) -> DropoutKernel.of(dropout, in, workers);
      case Accumulate accumulate when single(in) ->
          UpdateKernels.accumulate(accumulate, in, workers);
      case AdamW adamW when in.get(0).dtype() == DType.F32 ->
          UpdateKernels.adamW(adamW, in, workers);
      default -> null;
    };
  }

  private static boolean floats(List<TensorSpec> specs, int index) {
    return Tile.knows(specs.get(index).dtype());
  }

  private static boolean single(List<TensorSpec> specs) {
    return specs.stream().allMatch(s -> s.dtype() == DType.F32);
  }

  private static boolean known(List<TensorSpec> specs) {
    return specs.stream().allMatch(s -> Tile.knows(s.dtype()));
  }
}

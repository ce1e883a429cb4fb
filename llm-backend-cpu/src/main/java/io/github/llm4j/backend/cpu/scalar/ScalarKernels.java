package io.github.llm4j.backend.cpu.scalar;

import io.github.llm4j.api.backend.Kernel;
import io.github.llm4j.api.backend.KernelSet;
import io.github.llm4j.api.op.Accumulate;
import io.github.llm4j.api.op.Adafactor;
import io.github.llm4j.api.op.AdamW;
import io.github.llm4j.api.op.Add;
import io.github.llm4j.api.op.ArgMax;
import io.github.llm4j.api.op.Broadcast;
import io.github.llm4j.api.op.CacheAppend;
import io.github.llm4j.api.op.Cast;
import io.github.llm4j.api.op.ColumnSum;
import io.github.llm4j.api.op.Compare;
import io.github.llm4j.api.op.Concat;
import io.github.llm4j.api.op.Cumsum;
import io.github.llm4j.api.op.Dequantise;
import io.github.llm4j.api.op.Descend;
import io.github.llm4j.api.op.Erf;
import io.github.llm4j.api.op.Exp;
import io.github.llm4j.api.op.Fill;
import io.github.llm4j.api.op.GatherRows;
import io.github.llm4j.api.op.GroupedMatmul;
import io.github.llm4j.api.op.GroupedOuter;
import io.github.llm4j.api.op.Iota;
import io.github.llm4j.api.op.Lion;
import io.github.llm4j.api.op.Log;
import io.github.llm4j.api.op.Matmul;
import io.github.llm4j.api.op.Max;
import io.github.llm4j.api.op.MaxOf;
import io.github.llm4j.api.op.MovingAverage;
import io.github.llm4j.api.op.Mul;
import io.github.llm4j.api.op.Op;
import io.github.llm4j.api.op.Permute;
import io.github.llm4j.api.op.RandomUniform;
import io.github.llm4j.api.op.Reciprocal;
import io.github.llm4j.api.op.Reshape;
import io.github.llm4j.api.op.Rsqrt;
import io.github.llm4j.api.op.Scale;
import io.github.llm4j.api.op.ScatterAddRows;
import io.github.llm4j.api.op.Sgd;
import io.github.llm4j.api.op.Slice;
import io.github.llm4j.api.op.Sort;
import io.github.llm4j.api.op.Sum;
import io.github.llm4j.api.op.Tanh;
import io.github.llm4j.api.op.TopK;
import io.github.llm4j.api.op.Where;
import io.github.llm4j.api.tensor.TensorSpec;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A kernel for every primitive, and for the column sum, which a gradient is added to. All other
 * fusions are decomposed: the reference is their definition.
 */
public final class ScalarKernels implements KernelSet {

  /** Kernels without state. */
  public ScalarKernels() {}

  @Override
  public Optional<Kernel> kernel(Op op, List<TensorSpec> inputs) {
    return Optional.ofNullable(find(op, inputs));
  }

  private static @Nullable Kernel find(Op op, List<TensorSpec> in) {
    return switch (op) {
      case Add add -> ElementwiseKernels.binary(add, in, Double::sum, Long::sum);
      case Mul mul -> ElementwiseKernels.binary(mul, in, (a, b) -> a * b, (a, b) -> a * b);
      case Max max -> ElementwiseKernels.binary(max, in, Math::max, Math::max);
      case Scale scale -> ElementwiseKernels.scale(scale, in);
      case Exp exp -> ElementwiseKernels.unary(exp, in, StrictMath::exp);
      case Log log -> ElementwiseKernels.unary(log, in, StrictMath::log);
      case Tanh tanh -> ElementwiseKernels.unary(tanh, in, StrictMath::tanh);
      case Erf erf -> ElementwiseKernels.unary(erf, in, ErrorFunction::erf);
      case Rsqrt rsqrt -> ElementwiseKernels.unary(rsqrt, in, x -> 1 / Math.sqrt(x));
      case Reciprocal reciprocal -> ElementwiseKernels.unary(reciprocal, in, x -> 1 / x);
      case Compare compare -> ElementwiseKernels.compare(compare, in);
      case Where where -> ElementwiseKernels.where(where, in);
      case Cast cast -> ElementwiseKernels.cast(cast, in);
      case Reshape reshape -> CopyKernels.reshape(reshape, in);
      case Permute permute -> CopyKernels.permute(permute, in);
      case Slice slice -> CopyKernels.slice(slice, in);
      case Concat concat -> CopyKernels.concat(concat, in);
      case Broadcast broadcast -> CopyKernels.broadcast(broadcast, in);
      case Sum sum -> ReductionKernels.sum(sum, in);
      case ColumnSum sum -> ReductionKernels.columnSum(sum, in);
      case MaxOf max -> ReductionKernels.max(max, in);
      case Cumsum cumsum -> ReductionKernels.cumsum(cumsum, in);
      case ArgMax argMax -> OrderKernels.argMax(argMax, in);
      case TopK topK -> OrderKernels.topK(topK, in);
      case Sort sort -> OrderKernels.sort(sort, in);
      case GatherRows gather -> RowKernels.gather(gather, in);
      case ScatterAddRows scatter -> RowKernels.scatterAdd(scatter, in);
      case CacheAppend append -> RowKernels.cacheAppend(append, in);
      case Matmul matmul -> MatmulKernels.matmul(matmul, in);
      case GroupedMatmul matmul -> MatmulKernels.grouped(matmul, in);
      case GroupedOuter outer -> MatmulKernels.groupedOuter(outer, in);
      case Fill fill -> SourceKernels.fill(fill, in);
      case Iota iota -> SourceKernels.iota(iota, in);
      case RandomUniform random -> SourceKernels.random(random, in);
      case Dequantise dequantise -> SourceKernels.dequantise(dequantise, in);
      case Accumulate accumulate -> UpdateKernels.accumulate(accumulate, in);
      case MovingAverage average -> UpdateKernels.movingAverage(average, in);
      case Descend descend -> UpdateKernels.descend(descend, in);
      case AdamW adamW -> UpdateKernels.adamW(adamW, in);
      case Sgd sgd -> UpdateKernels.sgd(sgd, in);
      case Lion lion -> UpdateKernels.lion(lion, in);
      case Adafactor adafactor -> AdafactorKernel.of(adafactor, in);
      default -> null;
    };
  }
}

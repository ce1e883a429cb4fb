package io.github.llm4j.api.op;

import io.github.llm4j.api.tensor.DType;
import io.github.llm4j.api.tensor.Shape;
import io.github.llm4j.api.tensor.Tensor;
import io.github.llm4j.api.tensor.TensorSpec;
import java.util.List;

/**
 * Typed calls over {@link #apply}, one for each op that layers name often.
 *
 * <p>Each is a default method, so that whoever decorates {@link Ops} implements one method only.
 */
public interface OpCalls {

  /** Applies an op; see {@link Ops#apply}. */
  List<Tensor> apply(Op op, List<Tensor> inputs);

  private Tensor one(Op op, Tensor... inputs) {
    return apply(op, List.of(inputs)).get(0);
  }

  /** {@link Add}. */
  default Tensor add(Tensor a, Tensor b) {
    return one(new Add(), a, b);
  }

  /** {@link Mul}. */
  default Tensor mul(Tensor a, Tensor b) {
    return one(new Mul(), a, b);
  }

  /** {@link Scale}; nothing is applied for factor 1 and offset 0. */
  default Tensor scale(Tensor x, double factor, double offset) {
    return factor == 1 && offset == 0 ? x : one(new Scale(factor, offset), x);
  }

  /** {@link Max}. */
  default Tensor max(Tensor a, Tensor b) {
    return one(new Max(), a, b);
  }

  /** {@link Exp}. */
  default Tensor exp(Tensor x) {
    return one(new Exp(), x);
  }

  /** {@link Log}. */
  default Tensor log(Tensor x) {
    return one(new Log(), x);
  }

  /** {@link Tanh}. */
  default Tensor tanh(Tensor x) {
    return one(new Tanh(), x);
  }

  /** {@link Erf}. */
  default Tensor erf(Tensor x) {
    return one(new Erf(), x);
  }

  /** {@link Rsqrt}. */
  default Tensor rsqrt(Tensor x) {
    return one(new Rsqrt(), x);
  }

  /** {@link Reciprocal}. */
  default Tensor reciprocal(Tensor x) {
    return one(new Reciprocal(), x);
  }

  /** The logistic function {@code 1 / (1 + e^-x)}. */
  default Tensor sigmoid(Tensor x) {
    return reciprocal(scale(exp(scale(x, -1, 0)), 1, 1));
  }

  /** {@link Compare}. */
  default Tensor compare(Compare.Relation relation, Tensor a, Tensor b) {
    return one(new Compare(relation), a, b);
  }

  /** {@link Where}. */
  default Tensor where(Tensor condition, Tensor a, Tensor b) {
    return one(new Where(), condition, a, b);
  }

  /** {@link Cast}; nothing is applied if the type is that already. */
  default Tensor cast(Tensor x, DType to) {
    return x.dtype() == to ? x : one(new Cast(to), x);
  }

  /** {@link Fill}. */
  default Tensor fill(double value, TensorSpec spec) {
    return one(new Fill(value, spec));
  }

  /** {@link Iota}. */
  default Tensor iota(int length) {
    return one(new Iota(length));
  }

  /** {@link Reshape}; nothing is applied if the shape is that already. */
  default Tensor reshape(Tensor x, Shape shape) {
    return x.shape().equals(shape) ? x : one(new Reshape(shape), x);
  }

  /** {@link Permute}. */
  default Tensor permute(Tensor x, List<Integer> axes) {
    return one(new Permute(axes), x);
  }

  /** {@link Slice}. */
  default Tensor slice(Tensor x, int axis, int from, int to) {
    return one(new Slice(axis, from, to), x);
  }

  /** {@link Concat}. */
  default Tensor concat(int axis, List<Tensor> parts) {
    return apply(new Concat(axis), parts).get(0);
  }

  /** {@link Broadcast}; nothing is applied if the shape is that already. */
  default Tensor broadcast(Tensor x, Shape shape) {
    return x.shape().equals(shape) ? x : one(new Broadcast(shape), x);
  }

  /** {@link Sum}: the axis stays, with size 1. */
  default Tensor sum(Tensor x, int axis) {
    return one(new Sum(axis), x);
  }

  /** {@link ColumnSum}. */
  default Tensor columnSum(Tensor x) {
    return one(new ColumnSum(), x);
  }

  /** {@link GatherRows}. */
  default Tensor gatherRows(Tensor table, Tensor indices) {
    return one(new GatherRows(), table, indices);
  }

  /** {@link ScatterAddRows}. */
  default Tensor scatterAddRows(Tensor x, Tensor indices, int rows) {
    return one(new ScatterAddRows(rows), x, indices);
  }

  /** {@link Matmul}. */
  default Tensor matmul(Tensor a, Tensor b, boolean transposeA, boolean transposeB, DType out) {
    return one(new Matmul(transposeA, transposeB, out), a, b);
  }

  /** {@link GroupedMatmul}. */
  default Tensor groupedMatmul(
      Tensor x, Tensor weight, Tensor offsets, boolean transpose, DType out) {
    return one(new GroupedMatmul(transpose, out), x, weight, offsets);
  }

  /** {@link Dequantise}. */
  default Tensor dequantise(Tensor x, DType to) {
    return one(new Dequantise(to), x);
  }

  /** {@link Linear} without bias. */
  default Tensor linear(Tensor x, Tensor weight, DType out) {
    return one(new Linear(false, out), x, weight);
  }

  /** {@link Linear} with bias. */
  default Tensor linear(Tensor x, Tensor weight, Tensor bias, DType out) {
    return one(new Linear(true, out), x, weight, bias);
  }

  /** {@link Embedding}. */
  default Tensor embedding(Tensor table, Tensor ids, DType out) {
    return one(new Embedding(out), table, ids);
  }

  /** {@link Softmax}. */
  default Tensor softmax(Tensor x) {
    return one(new Softmax(), x);
  }

  /** {@link Gelu}. */
  default Tensor gelu(Tensor x, boolean tanh) {
    return one(new Gelu(tanh), x);
  }

  /** {@link SwiGlu}. */
  default Tensor swiGlu(Tensor gate, Tensor up) {
    return one(new SwiGlu(), gate, up);
  }

  /** {@link RmsNorm}. */
  default Tensor rmsNorm(Tensor x, Tensor weight, float eps, DType out) {
    return one(new RmsNorm(eps, out), x, weight);
  }

  /** {@link LayerNorm} with bias. */
  default Tensor layerNorm(Tensor x, Tensor weight, Tensor bias, float eps, DType out) {
    return one(new LayerNorm(eps, true, out), x, weight, bias);
  }

  /** {@link Rope}. */
  default Tensor rope(Tensor x, Tensor cos, Tensor sin, Tensor positions) {
    return one(new Rope(false), x, cos, sin, positions);
  }

  /** {@link CrossEntropy}: the loss of each row. */
  default Tensor crossEntropy(Tensor logits, Tensor targets) {
    return one(new CrossEntropy(), logits, targets);
  }
}

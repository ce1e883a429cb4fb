package io.github.llm4j.api.op;

import io.github.llm4j.api.tensor.DType;
import io.github.llm4j.api.tensor.Tensor;
import io.github.llm4j.api.tensor.TensorSpec;
import java.util.List;

/**
 * Softmax over the last axis: {@code y = e^(x - max x) / sum}. A row whose elements are all minus
 * infinity gives zeros.
 *
 * <p>Numerics: in F32 for shorter types.
 */
public record Softmax() implements Decomposable, Differentiable {

  @Override
  public List<Output> outputs(List<TensorSpec> inputs) {
    OpCheck.count(this, inputs, 1);
    OpCheck.isFloat(this, "x", inputs.get(0));
    OpCheck.rank(this, "x", inputs.get(0), 1);
    return List.of(Output.of(inputs.get(0)));
  }

  @Override
  public List<Tensor> decompose(Ops ops, List<Tensor> inputs) {
    DType type = inputs.get(0).dtype();
    Tensor x = ops.cast(inputs.get(0), DType.wider(type, DType.F32));
    Tensor floor = ops.fill(-Double.MAX_VALUE, x.spec().as(x.shape().with(-1, 1)));
    if (x.dtype() == DType.F32) {
      floor = ops.fill(-Float.MAX_VALUE, floor.spec());
    }
    // a row of minus infinities has maximum -inf, and -inf - -inf is no number: lift it
    Tensor max = ops.max(ops.apply(new MaxOf(-1), List.of(x)).get(0), floor);
    Tensor e = ops.exp(ops.add(x, ops.broadcast(ops.scale(max, -1, 0), x.shape())));
    Tensor sum = ops.sum(e, -1); // [.., 1]
    Tensor zero = ops.fill(0, sum.spec());
    Tensor one = ops.fill(1, sum.spec());
    Tensor safe = ops.where(ops.compare(Compare.Relation.EQUAL, sum, zero), one, sum);
    return List.of(ops.cast(ops.mul(e, ops.broadcast(ops.reciprocal(safe), x.shape())), type));
  }

  @Override
  public void vjp(Vjp vjp) {
    Ops ops = vjp.ops();
    Tensor y = vjp.output(0);
    Tensor weighted = ops.mul(y, vjp.grad(0));
    Tensor inner = ops.broadcast(ops.sum(weighted, -1), y.shape());
    vjp.give(0, ops.add(weighted, ops.scale(ops.mul(y, inner), -1, 0)));
  }
}

package io.github.llm4j.api.op;

import io.github.llm4j.api.tensor.DType;
import io.github.llm4j.api.tensor.Shape;
import io.github.llm4j.api.tensor.Tensor;
import io.github.llm4j.api.tensor.TensorSpec;
import java.util.List;

/**
 * Cross-entropy of each row of logits with its target: {@code loss = ln sum e^logits -
 * logits[target]}; 0 where the target is negative.
 *
 * <p>Shapes: {@code logits [N, V], targets [N] (I32) -> losses [N], lse [N]} in F32 (F64 for F64).
 * <br>
 * Saved: logits, targets, lse (the logarithm of the sum).
 */
public record CrossEntropy() implements Decomposable, Differentiable {

  @Override
  public List<Output> outputs(List<TensorSpec> inputs) {
    OpCheck.count(this, inputs, 2);
    TensorSpec logits = inputs.get(0);
    OpCheck.isFloat(this, "logits", logits);
    OpCheck.that(logits.shape().rank() == 2, this, "logits must be [N, V]", logits);
    OpCheck.dtype(this, "targets", inputs.get(1), DType.I32);
    OpCheck.shape(this, "targets", inputs.get(1), Shape.of(logits.shape().size(0)));
    TensorSpec row = new TensorSpec(inputs.get(1).shape(), DType.wider(logits.dtype(), DType.F32));
    return List.of(Output.of(row), Output.saved(row));
  }

  @Override
  public List<Tensor> decompose(Ops ops, List<Tensor> inputs) {
    Tensor x = ops.cast(inputs.get(0), DType.wider(inputs.get(0).dtype(), DType.F32));
    int n = x.size(0);
    Tensor max = ops.apply(new MaxOf(1), List.of(x)).get(0); // [N, 1]
    Tensor e = ops.exp(ops.add(x, ops.broadcast(ops.scale(max, -1, 0), x.shape())));
    Tensor lse = ops.add(ops.log(ops.sum(e, 1)), max);
    Tensor hit = oneHot(ops, inputs.get(1), x);
    Tensor picked = ops.sum(ops.mul(hit, x), 1);
    Tensor valid = ops.sum(hit, 1); // 1, or 0 where the target is negative
    Tensor losses = ops.mul(valid, ops.add(lse, ops.scale(picked, -1, 0)));
    return List.of(ops.reshape(losses, Shape.of(n)), ops.reshape(lse, Shape.of(n)));
  }

  /** [N, V] of x's type: 1 at each target, else 0. */
  static Tensor oneHot(Ops ops, Tensor targets, Tensor x) {
    Tensor columns = ops.broadcast(ops.iota(x.size(1)), x.shape());
    Tensor wanted = ops.broadcast(ops.reshape(targets, Shape.of(x.size(0), 1)), x.shape());
    return ops.where(
        ops.compare(Compare.Relation.EQUAL, columns, wanted),
        ops.fill(1, x.spec()),
        ops.fill(0, x.spec()));
  }

  @Override
  public void vjp(Vjp vjp) {
    List<Tensor> in = List.of(vjp.input(0), vjp.input(1), vjp.output(1), vjp.grad(0));
    vjp.give(0, vjp.ops().apply(new CrossEntropyGrad(), in).get(0));
  }
}

package io.github.llm4j.api.op;

import io.github.llm4j.api.tensor.DType;
import io.github.llm4j.api.tensor.Shape;
import io.github.llm4j.api.tensor.Tensor;
import io.github.llm4j.api.tensor.TensorSpec;
import java.util.List;

/**
 * The k largest elements along the last axis in falling order, and their indices; of equals the
 * lower index first. A primitive; gradients flow to the chosen elements.
 *
 * <p>Shapes: {@code x [.., N] -> values [.., k], indices [.., k]} (I32).
 *
 * @param k how many, at most N
 */
public record TopK(int k) implements Differentiable {

  @Override
  public List<Output> outputs(List<TensorSpec> inputs) {
    OpCheck.count(this, inputs, 1);
    TensorSpec x = inputs.get(0);
    OpCheck.rank(this, "x", x, 1);
    OpCheck.that(0 < k && k <= x.shape().last(), this, "0 < k <= " + x.shape().last(), k);
    Shape y = x.shape().with(-1, k);
    return List.of(Output.of(x.as(y)), Output.plain(new TensorSpec(y, DType.I32)));
  }

  @Override
  public void vjp(Vjp vjp) {
    Ops ops = vjp.ops();
    Shape x = vjp.input(0).shape();
    int n = x.last();
    int rows = x.rows();
    // one-hot columns: position p of a row is chosen as the j-th if indices[j] == p
    Shape grid = Shape.of(rows, k, n);
    Tensor places = ops.broadcast(ops.iota(n), grid);
    Tensor chosen = ops.broadcast(ops.reshape(vjp.output(1), Shape.of(rows, k, 1)), grid);
    Tensor grads = ops.broadcast(ops.reshape(vjp.grad(0), Shape.of(rows, k, 1)), grid);
    Tensor hit = ops.compare(Compare.Relation.EQUAL, places, chosen);
    Tensor spread = ops.where(hit, grads, ops.scale(grads, 0, 0)); // [rows, k, n]
    vjp.give(0, ops.reshape(ops.sum(spread, 1), x));
  }
}

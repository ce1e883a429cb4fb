package io.github.llm4j.api.op;

import io.github.llm4j.api.tensor.DType;
import io.github.llm4j.api.tensor.Shape;
import io.github.llm4j.api.tensor.Tensor;
import io.github.llm4j.api.tensor.TensorSpec;
import java.util.List;

/**
 * A mixture of two matrices divided by its Frobenius norm: {@code u = p a + q scale b; y = u /
 * max(|u|, eps)}, matrix by matrix. Where Muon's products begin: with a the momentum and b the
 * gradient it looks ahead as Nesterov does.
 *
 * <p>Shapes: {@code a [.., R, C], b [.., R, C], scale [1] -> y [.., R, C]} in {@code out}. <br>
 * Numerics: F32 (F64 for F64), rounded once to {@code out}.
 *
 * @param p factor of a
 * @param q factor of b
 * @param eps the least that is divided by
 * @param out type of y
 */
public record UnitMatrix(double p, double q, double eps, DType out) implements Decomposable {

  @Override
  public List<Output> outputs(List<TensorSpec> inputs) {
    OpCheck.count(this, inputs, 3);
    OpCheck.rank(this, "a", inputs.get(0), 2);
    OpCheck.shape(this, "b", inputs.get(1), inputs.get(0).shape());
    OpCheck.shape(this, "scale", inputs.get(2), Shape.of(1));
    return List.of(Output.plain(inputs.get(0).as(out)));
  }

  @Override
  public List<Tensor> decompose(Ops ops, List<Tensor> inputs) {
    Tensor a = inputs.get(0);
    Shape shape = a.shape();
    Shape ones = shape; // [1, .., 1]
    for (int i = 0; i < shape.rank(); i++) {
      ones = ones.with(i, 1);
    }
    Tensor scale = ops.broadcast(ops.reshape(inputs.get(2), ones), shape);
    Tensor b = ops.scale(ops.mul(inputs.get(1), scale), q, 0);
    Tensor u = ops.add(ops.scale(a, p, 0), b); // [.., R, C]
    Tensor squares = ops.sum(ops.sum(ops.mul(u, u), -1), -2); // [.., 1, 1]
    Tensor least = ops.fill(eps * eps, squares.spec());
    Tensor inverse = ops.rsqrt(ops.max(squares, least));
    return List.of(ops.cast(ops.mul(u, ops.broadcast(inverse, shape)), out));
  }
}

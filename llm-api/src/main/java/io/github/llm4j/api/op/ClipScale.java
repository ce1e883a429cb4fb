package io.github.llm4j.api.op;

import io.github.llm4j.api.tensor.Shape;
import io.github.llm4j.api.tensor.Tensor;
import io.github.llm4j.api.tensor.TensorSpec;
import java.util.List;

/**
 * What gradients are multiplied with so that their norm stays within a bound, and whether they are
 * finite at all: {@code scale = min(1, max / sqrt(squared))}, {@code finite = 1 or 0}; 0 for both
 * if the norm is infinite or not a number.
 *
 * <p>Shapes: {@code squared [1] -> norm [1], scale [1], finite [1]}, all of squared's type.
 *
 * <p>Pascanu, Mikolov, Bengio 2013, arXiv:1211.5063, algorithm 1.
 *
 * @param max bound of the norm; 0 for none
 */
public record ClipScale(double max) implements Decomposable {

  @Override
  public List<Output> outputs(List<TensorSpec> inputs) {
    OpCheck.count(this, inputs, 1);
    TensorSpec one = inputs.get(0);
    OpCheck.shape(this, "squared", one, Shape.of(1));
    return List.of(Output.plain(one), Output.plain(one), Output.plain(one));
  }

  @Override
  public List<Tensor> decompose(Ops ops, List<Tensor> inputs) {
    Tensor squared = inputs.get(0);
    Tensor zero = ops.fill(0, squared.spec());
    Tensor one = ops.fill(1, squared.spec());
    // infinity - infinity is not a number, and not a number equals nothing
    Tensor rest = ops.add(squared, ops.scale(squared, -1, 0));
    Tensor finite = ops.where(ops.compare(Compare.Relation.EQUAL, rest, zero), one, zero);
    Tensor tiny = ops.max(squared, ops.fill(1e-30, squared.spec()));
    Tensor inverse = ops.rsqrt(tiny);
    Tensor scale = finite;
    if (max > 0) {
      Tensor wanted = ops.scale(inverse, max, 0);
      Tensor less = ops.compare(Compare.Relation.LESS, wanted, one);
      scale = ops.where(less, wanted, one);
      scale = ops.where(ops.compare(Compare.Relation.EQUAL, finite, one), scale, zero);
    }
    return List.of(ops.mul(squared, inverse), scale, finite);
  }
}

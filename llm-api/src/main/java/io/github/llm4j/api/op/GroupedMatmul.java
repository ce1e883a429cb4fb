package io.github.llm4j.api.op;

import io.github.llm4j.api.tensor.DType;
import io.github.llm4j.api.tensor.Shape;
import io.github.llm4j.api.tensor.Tensor;
import io.github.llm4j.api.tensor.TensorSpec;
import java.util.List;

/**
 * Products of groups of rows with a matrix each. A primitive.
 *
 * <p>Shapes: {@code x [R, K], weight [E, N, K], offsets [E + 1] (I32) -> y [R, N]}; rows {@code
 * offsets[e] .. offsets[e + 1] - 1} meet matrix e. Rows outside all groups are zero. With {@code
 * transpose} the weight lies as {@code [E, K, N]}. <br>
 * Numerics: as {@link Matmul}.
 *
 * @param transpose whether the matrices lie as [K, N]
 * @param out type of y
 */
public record GroupedMatmul(boolean transpose, DType out) implements Differentiable {

  @Override
  public List<Output> outputs(List<TensorSpec> inputs) {
    OpCheck.count(this, inputs, 3);
    TensorSpec x = inputs.get(0);
    TensorSpec weight = inputs.get(1);
    OpCheck.isFloat(this, "x", x);
    OpCheck.dtype(this, "weight", weight, x.dtype());
    OpCheck.that(weight.shape().rank() == 3, this, "weight must be [E, N, K]", weight);
    int k = weight.shape().size(transpose ? 1 : 2);
    int n = weight.shape().size(transpose ? 2 : 1);
    OpCheck.that(
        x.shape().rank() == 2 && x.shape().last() == k, this, "x must be [R, " + k + "]", x);
    OpCheck.dtype(this, "offsets", inputs.get(2), DType.I32);
    OpCheck.shape(this, "offsets", inputs.get(2), Shape.of(weight.shape().size(0) + 1));
    return List.of(Output.of(new TensorSpec(x.shape().with(-1, n), out)));
  }

  @Override
  public void vjp(Vjp vjp) {
    Ops ops = vjp.ops();
    Tensor dy = ops.cast(vjp.grad(0), vjp.input(0).dtype());
    Tensor offsets = vjp.input(2);
    if (vjp.wants(0)) {
      vjp.give(0, ops.groupedMatmul(dy, vjp.input(1), offsets, !transpose, vjp.input(0).dtype()));
    }
    if (vjp.wants(1)) {
      Tensor left = transpose ? vjp.input(0) : dy;
      Tensor right = transpose ? dy : vjp.input(0);
      vjp.give(1, ops.apply(new GroupedOuter(), List.of(left, right, offsets)).get(0));
    }
  }
}

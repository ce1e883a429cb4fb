package io.github.llm4j.api.op;

import io.github.llm4j.api.tensor.DType;
import io.github.llm4j.api.tensor.Shape;
import io.github.llm4j.api.tensor.Tensor;
import io.github.llm4j.api.tensor.TensorSpec;
import java.util.List;

/**
 * The gradient of {@link CrossEntropy}: {@code dlogits = dloss (e^(logits - lse) -
 * onehot(target))}; 0 where the target is negative.
 *
 * <p>Shapes: {@code logits [N, V], targets [N], lse [N], dlosses [N] -> dlogits} as logits.
 */
public record CrossEntropyGrad() implements Decomposable {

  @Override
  public List<Output> outputs(List<TensorSpec> inputs) {
    OpCheck.count(this, inputs, 4);
    OpCheck.shape(this, "dlosses", inputs.get(3), inputs.get(1).shape());
    return List.of(Output.of(inputs.get(0)));
  }

  @Override
  public List<Tensor> decompose(Ops ops, List<Tensor> inputs) {
    DType type = inputs.get(0).dtype();
    Tensor x = ops.cast(inputs.get(0), DType.wider(type, DType.F32));
    Shape column = Shape.of(x.size(0), 1);
    Tensor lse = ops.broadcast(ops.reshape(inputs.get(2), column), x.shape());
    Tensor p = ops.exp(ops.add(x, ops.scale(lse, -1, 0)));
    Tensor hit = CrossEntropy.oneHot(ops, inputs.get(1), x);
    Tensor valid = ops.mul(ops.reshape(inputs.get(3), column), ops.sum(hit, 1));
    Tensor dx = ops.mul(ops.add(p, ops.scale(hit, -1, 0)), ops.broadcast(valid, x.shape()));
    return List.of(ops.cast(dx, type));
  }
}

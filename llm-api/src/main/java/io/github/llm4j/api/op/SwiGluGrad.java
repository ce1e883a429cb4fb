package io.github.llm4j.api.op;

import io.github.llm4j.api.tensor.DType;
import io.github.llm4j.api.tensor.Tensor;
import io.github.llm4j.api.tensor.TensorSpec;
import java.util.List;

/**
 * The gradients of {@link SwiGlu}: {@code dgate = dy up s (1 + gate (1 - s)), dup = dy gate s} with
 * {@code s = sigmoid(gate)}.
 *
 * <p>Shapes: {@code gate, up, dy -> dgate, dup}, all alike.
 */
public record SwiGluGrad() implements Decomposable {

  @Override
  public List<Output> outputs(List<TensorSpec> inputs) {
    OpCheck.count(this, inputs, 3);
    OpCheck.shape(this, "up", inputs.get(1), inputs.get(0).shape());
    OpCheck.shape(this, "dy", inputs.get(2), inputs.get(0).shape());
    return List.of(Output.of(inputs.get(0)), Output.of(inputs.get(1)));
  }

  @Override
  public List<Tensor> decompose(Ops ops, List<Tensor> inputs) {
    DType type = inputs.get(0).dtype();
    Tensor gate = ops.cast(inputs.get(0), DType.wider(type, DType.F32));
    Tensor up = ops.cast(inputs.get(1), gate.dtype());
    Tensor dy = ops.cast(inputs.get(2), gate.dtype());
    Tensor s = ops.sigmoid(gate);
    Tensor silu = ops.mul(gate, s);
    // s (1 + gate (1 - s)) = s + silu (1 - s)
    Tensor slope = ops.add(s, ops.mul(silu, ops.scale(s, -1, 1)));
    return List.of(
        ops.cast(ops.mul(ops.mul(dy, up), slope), type), ops.cast(ops.mul(dy, silu), type));
  }
}

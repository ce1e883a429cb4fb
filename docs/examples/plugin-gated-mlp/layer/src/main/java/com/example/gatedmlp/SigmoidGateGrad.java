package com.example.gatedmlp;

import io.github.llm4j.api.op.Decomposable;
import io.github.llm4j.api.op.OpCheck;
import io.github.llm4j.api.op.Ops;
import io.github.llm4j.api.op.Output;
import io.github.llm4j.api.tensor.DType;
import io.github.llm4j.api.tensor.Tensor;
import io.github.llm4j.api.tensor.TensorSpec;
import java.util.List;

/**
 * The gradients of {@link SigmoidGate}: {@code dgate = dy up s (1 - s), dup = dy s} with {@code s =
 * sigmoid(gate)}.
 *
 * <p>Shapes: {@code gate, up, dy -> dgate, dup}, all alike.
 */
public record SigmoidGateGrad() implements Decomposable {

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
    Tensor dup = ops.mul(dy, s);
    Tensor dgate = ops.mul(ops.mul(dup, up), ops.scale(s, -1, 1)); // dy s up (1 - s)
    return List.of(ops.cast(dgate, type), ops.cast(dup, type));
  }
}

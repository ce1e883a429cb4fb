package com.example.gatedmlp;

import io.github.llm4j.api.op.Decomposable;
import io.github.llm4j.api.op.Differentiable;
import io.github.llm4j.api.op.OpCheck;
import io.github.llm4j.api.op.Ops;
import io.github.llm4j.api.op.Output;
import io.github.llm4j.api.op.Vjp;
import io.github.llm4j.api.tensor.DType;
import io.github.llm4j.api.tensor.Tensor;
import io.github.llm4j.api.tensor.TensorSpec;
import java.util.List;

/**
 * Gated linear unit: {@code y = sigmoid(gate) up}.
 *
 * <p>Shapes: {@code gate, up -> y}, all alike. Numerics: in F32 for shorter types.
 *
 * <p>Dauphin et al. 2016, arXiv:1612.08083, eq. 1.
 */
public record SigmoidGate() implements Decomposable, Differentiable {

  @Override
  public List<Output> outputs(List<TensorSpec> inputs) {
    OpCheck.count(this, inputs, 2);
    OpCheck.isFloat(this, "gate", inputs.get(0));
    OpCheck.shape(this, "up", inputs.get(1), inputs.get(0).shape());
    OpCheck.dtype(this, "up", inputs.get(1), inputs.get(0).dtype());
    return List.of(Output.of(inputs.get(0)));
  }

  @Override
  public List<Tensor> decompose(Ops ops, List<Tensor> inputs) {
    DType type = inputs.get(0).dtype();
    Tensor gate = ops.cast(inputs.get(0), DType.wider(type, DType.F32));
    Tensor up = ops.cast(inputs.get(1), gate.dtype());
    return List.of(ops.cast(ops.mul(ops.sigmoid(gate), up), type));
  }

  @Override
  public void vjp(Vjp vjp) {
    List<Tensor> gradients =
        vjp.ops().apply(new SigmoidGateGrad(), List.of(vjp.input(0), vjp.input(1), vjp.grad(0)));
    for (int i = 0; i < 2; i++) {
      if (vjp.wants(i)) {
        vjp.give(i, gradients.get(i));
      }
    }
  }
}

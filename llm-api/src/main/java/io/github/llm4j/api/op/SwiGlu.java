package io.github.llm4j.api.op;

import io.github.llm4j.api.tensor.DType;
import io.github.llm4j.api.tensor.Tensor;
import io.github.llm4j.api.tensor.TensorSpec;
import java.util.List;

/**
 * Gated unit with the SiLU: {@code y = gate * sigmoid(gate) * up}.
 *
 * <p>Shapes: {@code gate, up -> y}, all alike. Numerics: in F32 for shorter types. Saved: gate, up.
 *
 * <p>Shazeer 2020, arXiv:2002.05202, eq. 5 (beta = 1).
 */
public record SwiGlu() implements Decomposable, Differentiable {

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
    return List.of(ops.cast(ops.mul(ops.mul(gate, ops.sigmoid(gate)), up), type));
  }

  @Override
  public void vjp(Vjp vjp) {
    List<Tensor> grads =
        vjp.ops().apply(new SwiGluGrad(), List.of(vjp.input(0), vjp.input(1), vjp.grad(0)));
    for (int i = 0; i < 2; i++) {
      if (vjp.wants(i)) {
        vjp.give(i, grads.get(i));
      }
    }
  }
}

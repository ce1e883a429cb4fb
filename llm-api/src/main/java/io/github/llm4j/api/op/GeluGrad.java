package io.github.llm4j.api.op;

import io.github.llm4j.api.tensor.DType;
import io.github.llm4j.api.tensor.Tensor;
import io.github.llm4j.api.tensor.TensorSpec;
import java.util.List;

/**
 * The gradient of {@link Gelu}: {@code dx = dy (Phi(x) + x phi(x))}, or of its approximation.
 *
 * <p>Shapes: {@code x, dy -> dx}, all alike.
 *
 * @param tanh as in {@link Gelu}
 */
public record GeluGrad(boolean tanh) implements Decomposable {

  @Override
  public List<Output> outputs(List<TensorSpec> inputs) {
    OpCheck.count(this, inputs, 2);
    OpCheck.shape(this, "dy", inputs.get(1), inputs.get(0).shape());
    return List.of(Output.of(inputs.get(0)));
  }

  @Override
  public List<Tensor> decompose(Ops ops, List<Tensor> inputs) {
    DType type = inputs.get(0).dtype();
    Tensor x = ops.cast(inputs.get(0), DType.wider(type, DType.F32));
    Tensor gate = new Gelu(tanh).gate(ops, x);
    Tensor x2 = ops.mul(x, x);
    Tensor slope; // d gate / dx
    if (tanh) {
      // gate = (1 + t) / 2, so dt/dx (1 - t^2) / 2 = 2 gate (1 - gate) dt/dx
      Tensor inner = ops.scale(x2, 3 * Gelu.CUBE * Gelu.C, Gelu.C);
      slope = ops.scale(ops.mul(ops.mul(gate, ops.scale(gate, -1, 1)), inner), 2, 0);
    } else {
      slope = ops.scale(ops.exp(ops.scale(x2, -0.5, 0)), 1 / Math.sqrt(2 * Math.PI), 0);
    }
    Tensor local = ops.add(gate, ops.mul(x, slope));
    return List.of(ops.cast(ops.mul(inputs.get(1), local), type));
  }
}

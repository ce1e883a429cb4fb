package io.github.llm4j.api.op;

import io.github.llm4j.api.tensor.DType;
import io.github.llm4j.api.tensor.Tensor;
import io.github.llm4j.api.tensor.TensorSpec;
import java.util.List;

/**
 * Gaussian error linear unit: {@code y = x Phi(x)}, or with {@code tanh} its approximation {@code x
 * / 2 (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3)))}.
 *
 * <p>Numerics: in F32 for shorter types. Saved: x.
 *
 * <p>Hendrycks and Gimpel 2016, arXiv:1606.08415, section 2.
 *
 * @param tanh whether the approximation is meant
 */
public record Gelu(boolean tanh) implements Decomposable, Differentiable {

  static final double C = Math.sqrt(2 / Math.PI);
  static final double CUBE = 0.044715;

  @Override
  public List<Output> outputs(List<TensorSpec> inputs) {
    OpCheck.count(this, inputs, 1);
    OpCheck.isFloat(this, "x", inputs.get(0));
    return List.of(Output.of(inputs.get(0)));
  }

  @Override
  public List<Tensor> decompose(Ops ops, List<Tensor> inputs) {
    DType type = inputs.get(0).dtype();
    Tensor x = ops.cast(inputs.get(0), DType.wider(type, DType.F32));
    return List.of(ops.cast(ops.mul(x, gate(ops, x)), type));
  }

  /** Phi(x), or its approximation. */
  Tensor gate(Ops ops, Tensor x) {
    Tensor t =
        tanh
            ? ops.tanh(ops.mul(ops.scale(x, C, 0), ops.scale(ops.mul(x, x), CUBE, 1)))
            : ops.erf(ops.scale(x, Math.sqrt(0.5), 0));
    return ops.scale(t, 0.5, 0.5);
  }

  @Override
  public void vjp(Vjp vjp) {
    vjp.give(0, vjp.ops().apply(new GeluGrad(tanh), List.of(vjp.input(0), vjp.grad(0))).get(0));
  }
}

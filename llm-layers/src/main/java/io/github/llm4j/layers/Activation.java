package io.github.llm4j.layers;

import io.github.llm4j.api.op.Ops;
import io.github.llm4j.api.tensor.Tensor;

/** Activations by the field's names. */
public enum Activation {
  /** GELU by the error function. */
  GELU,
  /** GELU's approximation by tanh, GPT-2's. */
  GELU_TANH,
  /** {@code max(x, 0)}. */
  RELU,
  /** {@code x sigmoid(x)}. */
  SILU;

  Tensor apply(Ops ops, Tensor x) {
    return switch (this) {
      case GELU -> ops.gelu(x, false);
      case GELU_TANH -> ops.gelu(x, true);
      case RELU -> ops.max(x, ops.fill(0, x.spec()));
      case SILU -> ops.mul(x, ops.sigmoid(x));
    };
  }
}

package com.example.gatedmlp.kernels;

import com.example.gatedmlp.SigmoidGate;
import com.example.gatedmlp.SigmoidGateGrad;
import io.github.llm4j.api.backend.Kernel;
import io.github.llm4j.api.backend.KernelProvider;
import io.github.llm4j.api.backend.KernelSet;
import io.github.llm4j.api.op.Op;
import io.github.llm4j.api.tensor.DType;
import io.github.llm4j.api.tensor.TensorSpec;
import io.github.llm4j.api.worker.Workers;
import java.util.List;
import java.util.Optional;

/** Kernels for the processor, in F32; other types are decomposed. */
public final class GateKernelProvider implements KernelProvider {

  @Override
  public String backend() {
    return "cpu";
  }

  @Override
  public KernelSet kernels(Workers workers) {
    return (op, inputs) -> kernel(op, inputs, workers);
  }

  private static Optional<Kernel> kernel(Op op, List<TensorSpec> inputs, Workers workers) {
    if (!inputs.stream().allMatch(spec -> spec.dtype() == DType.F32)) {
      return Optional.empty();
    }
    long elements = inputs.get(0).shape().elements();
    return switch (op) {
      case SigmoidGate gate ->
          Optional.of(new TileKernel(2, 1, elements, workers, GateKernelProvider::forward));
      case SigmoidGateGrad grad ->
          Optional.of(new TileKernel(3, 2, elements, workers, GateKernelProvider::backward));
      default -> Optional.empty();
    };
  }

  private static void forward(float[][] in, float[][] out, int n) {
    float[] up = in[1];
    float[] y = out[0];
    Sigmoid.of(in[0], y, n);
    for (int i = 0; i < n; i++) {
      y[i] *= up[i];
    }
  }

  private static void backward(float[][] in, float[][] out, int n) {
    float[] up = in[1];
    float[] dy = in[2];
    float[] dgate = out[0];
    float[] dup = out[1];
    Sigmoid.of(in[0], dup, n);
    for (int i = 0; i < n; i++) {
      float s = dup[i];
      dup[i] = dy[i] * s;
      dgate[i] = dup[i] * up[i] * (1 - s);
    }
  }
}

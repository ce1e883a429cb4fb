package io.github.llm4j.backend.cpu.scalar;

import io.github.llm4j.api.backend.Kernel;
import io.github.llm4j.api.op.Dequantise;
import io.github.llm4j.api.op.Fill;
import io.github.llm4j.api.op.Iota;
import io.github.llm4j.api.op.RandomUniform;
import io.github.llm4j.api.random.Philox;
import io.github.llm4j.api.tensor.TensorSpec;
import io.github.llm4j.backend.cpu.scalar.ScalarKernel.Use;
import java.util.List;

/** Kernels that make elements: constants, counters, random numbers, floats of quantised blocks. */
final class SourceKernels {
  private SourceKernels() {}

  static Kernel fill(Fill op, List<TensorSpec> inputs) {
    long n = op.spec().shape().elements();
    return ScalarKernel.of(
        op,
        inputs,
        Use.STORED_ONCE,
        operands -> {
          Elements y = operands.out(0);
          return () -> {
            for (long i = 0; i < n; i++) {
              y.set(i, op.value());
            }
          };
        });
  }

  static Kernel iota(Iota op, List<TensorSpec> inputs) {
    return ScalarKernel.of(
        op,
        inputs,
        Use.WHOLE,
        operands -> {
          Elements y = operands.out(0);
          return () -> {
            for (int i = 0; i < op.length(); i++) {
              y.setInteger(i, i);
            }
          };
        });
  }

  static Kernel random(RandomUniform op, List<TensorSpec> inputs) {
    int rows = op.shape().size(0);
    long width = op.shape().product(1, op.shape().rank());
    return ScalarKernel.of(
        op,
        inputs,
        Use.STORED_ONCE,
        operands -> {
          Elements state = operands.in(0);
          Elements y = operands.out(0);
          return () -> {
            long seed = state.integer(0);
            int step = (int) state.integer(1);
            int first = (int) state.integer(2);
            for (int r = 0; r < rows; r++) {
              for (long i = 0; i < width; i++) {
                int word = Philox.word(seed, op.key(), step, first + r, i);
                y.set(r * width + i, Philox.uniform(word));
              }
            }
          };
        });
  }

  static Kernel dequantise(Dequantise op, List<TensorSpec> inputs) {
    return ElementwiseKernels.unary(op, inputs, x -> x);
  }
}

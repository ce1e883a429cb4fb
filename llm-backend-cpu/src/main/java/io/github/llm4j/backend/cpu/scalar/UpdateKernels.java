package io.github.llm4j.backend.cpu.scalar;

import io.github.llm4j.api.backend.Kernel;
import io.github.llm4j.api.op.Accumulate;
import io.github.llm4j.api.op.AdamW;
import io.github.llm4j.api.tensor.TensorSpec;
import io.github.llm4j.backend.cpu.scalar.ScalarKernel.Use;
import java.util.List;

/** Kernels that overwrite an operand; result and operand are the same memory. */
final class UpdateKernels {
  private UpdateKernels() {}

  static Kernel accumulate(Accumulate op, List<TensorSpec> inputs) {
    long n = inputs.get(0).shape().elements();
    return ScalarKernel.of(
        op,
        inputs,
        Use.WHOLE,
        operands -> {
          Elements value = operands.in(1);
          Elements target = operands.out(0);
          return () -> {
            for (long i = 0; i < n; i++) {
              target.set(i, op.store() ? value.get(i) : target.get(i) + value.get(i));
            }
          };
        });
  }

  static Kernel adamW(AdamW op, List<TensorSpec> inputs) {
    return ScalarKernel.of(
        op,
        inputs,
        Use.WHOLE,
        operands -> {
          Elements grad = operands.in(3);
          Elements hyper = operands.in(4);
          Elements scale = operands.in(5);
          Elements finite = operands.in(6);
          Elements w = operands.out(0);
          Elements m = operands.out(1);
          Elements v = operands.out(2);
          Elements copy = op.copy() ? operands.out(3) : new Elements.Nowhere();
          return () -> {
            if (finite.get(0) == 0) {
              return;
            }
            for (AdamW.Span span : op.spans()) {
              double rate = hyper.get(0) * span.lrScale();
              for (long i = span.from(); i < span.to(); i++) {
                double g = scale.get(0) * grad.get(i);
                m.set(i, op.beta1() * m.get(i) + (1 - op.beta1()) * g);
                v.set(i, op.beta2() * v.get(i) + (1 - op.beta2()) * g * g);
                double root = Math.sqrt(v.get(i) / hyper.get(2)) + op.eps();
                double step = m.get(i) / hyper.get(1) / root + span.weightDecay() * w.get(i);
                w.set(i, w.get(i) - rate * step);
                copy.set(i, w.get(i));
              }
            }
          };
        });
  }
}

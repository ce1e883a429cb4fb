package io.github.llm4j.backend.cpu.scalar;

import io.github.llm4j.api.backend.Kernel;
import io.github.llm4j.api.op.Accumulate;
import io.github.llm4j.api.op.AdamW;
import io.github.llm4j.api.op.Descend;
import io.github.llm4j.api.op.Lion;
import io.github.llm4j.api.op.MovingAverage;
import io.github.llm4j.api.op.Sgd;
import io.github.llm4j.api.op.Span;
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

  static Kernel movingAverage(MovingAverage op, List<TensorSpec> inputs) {
    long n = inputs.get(0).shape().elements();
    return ScalarKernel.of(
        op,
        inputs,
        Use.WHOLE,
        operands -> {
          Elements x = operands.in(1);
          Elements share = operands.in(2);
          Elements scale = operands.in(3);
          Elements finite = operands.in(4);
          Elements y = operands.out(0);
          return () -> {
            for (long i = 0; i < n && finite.get(0) != 0; i++) {
              y.set(i, y.get(i) + share.get(0) * (scale.get(0) * x.get(i) - y.get(i)));
            }
          };
        });
  }

  static Kernel descend(Descend op, List<TensorSpec> inputs) {
    long n = inputs.get(0).shape().elements();
    return ScalarKernel.of(
        op,
        inputs,
        Use.WHOLE,
        operands -> {
          Elements u = operands.in(1);
          Elements rate = operands.in(2);
          Elements finite = operands.in(3);
          Elements w = operands.out(0);
          Elements copy = op.copy() ? operands.out(1) : new Elements.Nowhere();
          return () -> {
            for (long i = 0; i < n && finite.get(0) != 0; i++) {
              double step = op.factor() * u.get(i) + op.decay() * w.get(i);
              w.set(i, w.get(i) - rate.get(0) * step);
              copy.set(i, w.get(i));
            }
          };
        });
  }

  /** What an optimizer does with one element of a span. */
  @FunctionalInterface
  private interface Step {
    void element(long i, double rate, double decay);
  }

  /** Walks over what is learned. */
  private static void walk(List<Span> spans, Elements finite, double lr, Step step) {
    if (finite.get(0) == 0) {
      return;
    }
    for (Span span : spans) {
      for (long i = span.from(); span.lrScale() != 0 && i < span.to(); i++) {
        step.element(i, lr * span.lrScale(), span.weightDecay());
      }
    }
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
          Step step =
              (i, rate, decay) -> {
                double g = scale.get(0) * grad.get(i);
                m.set(i, op.beta1() * m.get(i) + (1 - op.beta1()) * g);
                v.set(i, op.beta2() * v.get(i) + (1 - op.beta2()) * g * g);
                double root = Math.sqrt(v.get(i) / hyper.get(2)) + op.eps();
                double down = m.get(i) / hyper.get(1) / root + decay * w.get(i);
                w.set(i, w.get(i) - rate * down);
                copy.set(i, w.get(i));
              };
          return () -> walk(op.spans(), finite, hyper.get(0), step);
        });
  }

  static Kernel sgd(Sgd op, List<TensorSpec> inputs) {
    int arenas = op.arenas();
    return ScalarKernel.of(
        op,
        inputs,
        Use.WHOLE,
        operands -> {
          Elements grad = operands.in(arenas - 1);
          Elements hyper = operands.in(arenas);
          Elements scale = operands.in(arenas + 1);
          Elements finite = operands.in(arenas + 2);
          Elements w = operands.out(0);
          Elements b = op.momentum() == 0 ? new Elements.Nowhere() : operands.out(1);
          Elements copy = op.copy() ? operands.out(arenas - 1) : new Elements.Nowhere();
          Step step =
              (i, rate, decay) -> {
                double g = scale.get(0) * grad.get(i) + (op.decoupled() ? 0 : decay * w.get(i));
                double rolling = op.momentum() * b.get(i) + g;
                b.set(i, rolling);
                double down = op.nesterov() ? g + op.momentum() * rolling : rolling;
                w.set(i, w.get(i) - rate * (down + (op.decoupled() ? decay * w.get(i) : 0)));
                copy.set(i, w.get(i));
              };
          return () -> walk(op.spans(), finite, hyper.get(0), step);
        });
  }

  static Kernel lion(Lion op, List<TensorSpec> inputs) {
    return ScalarKernel.of(
        op,
        inputs,
        Use.WHOLE,
        operands -> {
          Elements grad = operands.in(2);
          Elements hyper = operands.in(3);
          Elements scale = operands.in(4);
          Elements finite = operands.in(5);
          Elements w = operands.out(0);
          Elements m = operands.out(1);
          Elements copy = op.copy() ? operands.out(2) : new Elements.Nowhere();
          Step step =
              (i, rate, decay) -> {
                double g = scale.get(0) * grad.get(i);
                double sign = Math.signum(op.beta1() * m.get(i) + (1 - op.beta1()) * g);
                w.set(i, w.get(i) - rate * (sign + decay * w.get(i)));
                m.set(i, op.beta2() * m.get(i) + (1 - op.beta2()) * g);
                copy.set(i, w.get(i));
              };
          return () -> walk(op.spans(), finite, hyper.get(0), step);
        });
  }
}

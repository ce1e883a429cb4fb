package io.github.llm4j.backend.cpu.scalar;

import io.github.llm4j.api.backend.Kernel;
import io.github.llm4j.api.op.Adafactor;
import io.github.llm4j.api.tensor.Shape;
import io.github.llm4j.api.tensor.TensorSpec;
import io.github.llm4j.backend.cpu.scalar.ScalarKernel.Use;
import java.util.List;

/** Adafactor of one parameter, as it is written down. */
final class AdafactorKernel {
  private final Adafactor op;
  private final long n;
  private final long matrices;
  private final long height;
  private final long width;
  private final Elements grad;
  private final Elements hyper;
  private final Elements scale;
  private final Elements finite;
  private final Elements w;
  private final Elements first;
  private final Elements second;
  private final Elements m;
  private final Elements copy;

  private AdafactorKernel(Adafactor op, Shape shape, Operands operands) {
    this.op = op;
    this.n = shape.elements();
    this.height = op.factored() ? shape.size(-2) : 1;
    this.width = op.factored() ? shape.last() : n;
    this.matrices = op.factored() ? shape.product(0, shape.rank() - 2) : 1;
    int at = op.gradient();
    grad = operands.in(at);
    hyper = operands.in(at + 1);
    scale = operands.in(at + 2);
    finite = operands.in(at + 3);
    w = operands.out(0);
    first = operands.out(1);
    second = op.factored() ? operands.out(2) : first;
    m = op.beta1() == 0 ? new Elements.Nowhere() : operands.out(op.momentum());
    copy = op.copy() ? operands.out(at) : new Elements.Nowhere();
  }

  static Kernel of(Adafactor op, List<TensorSpec> inputs) {
    Shape shape = inputs.get(0).shape();
    return ScalarKernel.of(
        op, inputs, Use.WHOLE, operands -> new AdafactorKernel(op, shape, operands)::run);
  }

  private void run() {
    if (finite.get(0) == 0 || n == 0) {
      return;
    }
    double[] u = new double[Math.toIntExact(n)];
    if (op.factored()) {
      for (long matrix = 0; matrix < matrices; matrix++) {
        factored(matrix, u);
      }
    } else {
      for (int i = 0; i < n; i++) {
        average(first, i, square(i));
        u[i] = gradient(i) / Math.sqrt(first.get(i));
      }
    }
    double weights = 0;
    double directions = 0;
    for (int i = 0; i < n; i++) {
      weights += w.get(i) * w.get(i);
      directions += u[i] * u[i];
    }
    double a =
        op.lrScale() * hyper.get(0) * (op.relative() ? Math.max(op.eps2(), rms(weights)) : 1);
    double clipped = a / Math.max(1, rms(directions) / op.clip());
    for (int i = 0; i < n; i++) {
      double step = clipped * u[i];
      if (op.beta1() > 0) {
        m.set(i, op.beta1() * m.get(i) + (1 - op.beta1()) * step);
        step = m.get(i);
      }
      w.set(i, w.get(i) - step - a * op.decay() * w.get(i));
      copy.set(i, w.get(i));
    }
  }

  private void factored(long matrix, double[] u) {
    double mean = 0; // of the rows' means
    for (long r = 0; r < height; r++) {
      double sum = 0;
      for (long c = 0; c < width; c++) {
        sum += square((matrix * height + r) * width + c);
      }
      average(first, matrix * height + r, sum / (double) width);
      mean += first.get(matrix * height + r) / (double) height;
    }
    for (long c = 0; c < width; c++) {
      double sum = 0;
      for (long r = 0; r < height; r++) {
        sum += square((matrix * height + r) * width + c);
      }
      average(second, matrix * width + c, sum / (double) height);
    }
    for (long r = 0; r < height; r++) {
      for (long c = 0; c < width; c++) {
        long i = (matrix * height + r) * width + c;
        double v = first.get(matrix * height + r) / mean * second.get(matrix * width + c);
        u[(int) i] = gradient(i) / Math.sqrt(v);
      }
    }
  }

  private void average(Elements state, long i, double value) {
    double share = hyper.get(1);
    state.set(i, (1 - share) * state.get(i) + share * value);
  }

  private double gradient(long i) {
    return scale.get(0) * grad.get(i);
  }

  private double square(long i) {
    return gradient(i) * gradient(i) + op.eps1();
  }

  private double rms(double squares) {
    return Math.sqrt(squares / (double) n);
  }
}

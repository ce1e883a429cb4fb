package io.github.llm4j.testkit;

import io.github.llm4j.api.backend.Backend;
import io.github.llm4j.api.op.Decomposable;
import io.github.llm4j.api.op.Differentiable;
import io.github.llm4j.api.op.Op;
import io.github.llm4j.api.op.Ops;
import io.github.llm4j.api.tensor.DType;
import io.github.llm4j.api.tensor.Tensor;
import io.github.llm4j.api.tensor.TensorSpec;
import io.github.llm4j.runtime.autograd.GradientSink;
import io.github.llm4j.runtime.autograd.Tape;
import io.github.llm4j.runtime.eager.EagerOps;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * Compares gradients of the tape with central differences, in F64: {@code dL/dx_i ~ (L(x_i + h) -
 * L(x_i - h)) / 2h} with {@code L = sum of c_j y_j} over random c.
 */
public final class GradientCheck {
  private static final double H = 1e-5;
  private static final double BOUND = 1e-6;

  private final Backend backend;
  private final Seeds seeds;

  /**
   * Checks on this backend.
   *
   * @param backend one that computes in F64, whose memory the host can read: the reference
   * @param seeds what the coefficients are drawn from
   */
  public GradientCheck(Backend backend, Seeds seeds) {
    this.backend = backend;
    this.seeds = seeds;
  }

  /**
   * Checks an op: its own vector-Jacobian product against differences, and against its
   * decomposition's where it has one.
   */
  public void check(OpCase tried) {
    Op op = tried.op();
    BiFunction<Ops, List<Tensor>, Tensor> own = (ops, in) -> ops.apply(op, in).get(0);
    Operand c = coefficients(own, tried.inputs());
    List<double[]> gradients =
        check(tried.toString(), own, tried.inputs(), tried.differentiated(), c);
    if (op instanceof Decomposable decomposable && op instanceof Differentiable) {
      List<double[]> taken =
          gradients(
              (ops, in) -> decomposable.decompose(ops, in).get(0),
              tried.inputs(),
              tried.differentiated(),
              c);
      for (int i : tried.differentiated()) {
        compare(tried + ": decomposition, operand " + i, taken.get(i), gradients.get(i));
      }
    }
  }

  /**
   * Checks any function, as a layer.
   *
   * @param where what is checked, for the message
   * @param function its result, a function of the operands
   * @param inputs operands; floats are F64
   * @param differentiated those that gradients flow to
   */
  public void check(
      String where,
      BiFunction<Ops, List<Tensor>, Tensor> function,
      List<Operand> inputs,
      Set<Integer> differentiated) {
    check(where, function, inputs, differentiated, coefficients(function, inputs));
  }

  private List<double[]> check(
      String where,
      BiFunction<Ops, List<Tensor>, Tensor> function,
      List<Operand> inputs,
      Set<Integer> differentiated,
      Operand c) {
    List<double[]> gradients = gradients(function, inputs, differentiated, c);
    for (int i : differentiated) {
      double[] differences = differences(function, inputs, i, c);
      compare(where + ": differences, operand " + i, differences, gradients.get(i));
    }
    return gradients;
  }

  private Operand coefficients(
      BiFunction<Ops, List<Tensor>, Tensor> function, List<Operand> inputs) {
    try (EagerOps ops = new EagerOps(backend)) {
      return seeds.normal(DType.F64, function.apply(ops, tensors(ops, inputs)).shape().sizes());
    }
  }

  private static List<Tensor> tensors(EagerOps ops, List<Operand> inputs) {
    return inputs.stream().map(o -> ops.external(o.memory(), o.spec())).toList();
  }

  private double[] differences(
      BiFunction<Ops, List<Tensor>, Tensor> function, List<Operand> inputs, int at, Operand c) {
    double[] x = inputs.get(at).values();
    double[] differences = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      double[] moved = x.clone();
      moved[i] = x[i] + H;
      double above = loss(function, inputs, at, moved, c);
      moved[i] = x[i] - H;
      differences[i] = (above - loss(function, inputs, at, moved, c)) / (2 * H);
    }
    return differences;
  }

  private double loss(
      BiFunction<Ops, List<Tensor>, Tensor> function,
      List<Operand> inputs,
      int at,
      double[] moved,
      Operand c) {
    List<Operand> changed = new ArrayList<>(inputs);
    changed.set(at, Operand.of(inputs.get(at).spec(), moved));
    try (EagerOps ops = new EagerOps(backend)) {
      double[] y = ops.values(function.apply(ops, tensors(ops, changed)));
      double[] factors = c.values();
      double loss = 0;
      for (int i = 0; i < y.length; i++) {
        loss += factors[i] * y[i];
      }
      return loss;
    }
  }

  /** Gradients of all operands by the tape; empty where none was asked for. */
  private List<double[]> gradients(
      BiFunction<Ops, List<Tensor>, Tensor> function,
      List<Operand> inputs,
      Set<Integer> differentiated,
      Operand c) {
    try (EagerOps ops = new EagerOps(backend)) {
      Tape tape = new Tape(ops);
      List<Tensor> tensors = tensors(ops, inputs);
      List<double[]> gradients = new ArrayList<>();
      for (int i = 0; i < tensors.size(); i++) {
        boolean asked = differentiated.contains(i);
        int elements = Math.toIntExact(tensors.get(i).shape().elements());
        double[] sum = new double[asked ? elements : 0];
        gradients.add(sum);
        if (asked) {
          tape.leaf(tensors.get(i), new Sum(ops, sum));
        }
      }
      Tensor y = function.apply(tape, tensors);
      tape.backward(y, ops.external(c.memory(), new TensorSpec(y.shape(), DType.F64)));
      return gradients;
    }
  }

  /** Adds what it is given. */
  private static final class Sum implements GradientSink {
    private final EagerOps ops;
    private final double[] sum;

    Sum(EagerOps ops, double[] sum) {
      this.ops = ops;
      this.sum = sum;
    }

    @Override
    public DType dtype() {
      return DType.F64;
    }

    @Override
    public void accept(Ops unused, Tensor gradient) {
      double[] values = ops.values(gradient);
      for (int i = 0; i < sum.length; i++) {
        sum[i] += values[i];
      }
    }
  }

  private void compare(String where, double[] expected, double[] actual) {
    double largest = 1;
    for (double value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    for (int i = 0; i < expected.length; i++) {
      if (!(Math.abs(expected[i] - actual[i]) <= BOUND * largest)) {
        throw new AssertionError(
            "%s: element %d: gradient %s expected, found %s (%s)"
                .formatted(where, i, expected[i], actual[i], seeds));
      }
    }
  }
}

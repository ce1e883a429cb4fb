package io.github.llm4j.backend.cpu.scalar;

import io.github.llm4j.api.backend.Kernel;
import io.github.llm4j.api.backend.Launch;
import io.github.llm4j.api.op.Cast;
import io.github.llm4j.api.op.Compare;
import io.github.llm4j.api.op.Op;
import io.github.llm4j.api.op.Scale;
import io.github.llm4j.api.op.Where;
import io.github.llm4j.api.tensor.TensorSpec;
import io.github.llm4j.backend.cpu.scalar.ScalarKernel.Use;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.LongBinaryOperator;

/** Kernels whose element i depends on elements i alone. */
final class ElementwiseKernels {
  private ElementwiseKernels() {}

  /** A function of one float. */
  static Kernel unary(Op op, List<TensorSpec> inputs, DoubleUnaryOperator function) {
    long n = inputs.get(0).shape().elements();
    return ScalarKernel.of(
        op,
        inputs,
        Use.ELEMENTWISE,
        operands -> {
          Elements x = operands.in(0);
          Elements y = operands.out(0);
          return () -> {
            for (long i = 0; i < n; i++) {
              y.set(i, function.applyAsDouble(x.get(i)));
            }
          };
        });
  }

  /** Factor and offset; integers stay exact where both are. */
  static Kernel scale(Scale op, List<TensorSpec> inputs) {
    if (inputs.get(0).dtype().isFloat()) {
      return unary(op, inputs, x -> op.factor() * x + op.offset());
    }
    long factor = (long) op.factor();
    long offset = (long) op.offset();
    long n = inputs.get(0).shape().elements();
    return ScalarKernel.of(
        op,
        inputs,
        Use.ELEMENTWISE,
        operands -> {
          Elements x = operands.in(0);
          Elements y = operands.out(0);
          return () -> {
            for (long i = 0; i < n; i++) {
              y.setInteger(i, factor * x.integer(i) + offset);
            }
          };
        });
  }

  /** A function of two floats or of two integers. */
  static Kernel binary(
      Op op, List<TensorSpec> inputs, DoubleBinaryOperator floats, LongBinaryOperator integers) {
    boolean isFloat = inputs.get(0).dtype().isFloat();
    long n = inputs.get(0).shape().elements();
    return ScalarKernel.of(
        op,
        inputs,
        Use.ELEMENTWISE,
        operands -> {
          Elements a = operands.in(0);
          Elements b = operands.in(1);
          Elements y = operands.out(0);
          Launch ofFloats =
              () -> {
                for (long i = 0; i < n; i++) {
                  y.set(i, floats.applyAsDouble(a.get(i), b.get(i)));
                }
              };
          Launch ofIntegers =
              () -> {
                for (long i = 0; i < n; i++) {
                  y.setInteger(i, integers.applyAsLong(a.integer(i), b.integer(i)));
                }
              };
          return isFloat ? ofFloats : ofIntegers;
        });
  }

  /** Whether a relation holds, as 1 or 0. */
  static Kernel compare(Compare op, List<TensorSpec> inputs) {
    return switch (op.relation()) {
      case EQUAL -> binary(op, inputs, (a, b) -> a == b ? 1 : 0, (a, b) -> a == b ? 1 : 0);
      case NOT_EQUAL -> binary(op, inputs, (a, b) -> a != b ? 1 : 0, (a, b) -> a != b ? 1 : 0);
      case LESS -> binary(op, inputs, (a, b) -> a < b ? 1 : 0, (a, b) -> a < b ? 1 : 0);
      case LESS_OR_EQUAL -> binary(op, inputs, (a, b) -> a <= b ? 1 : 0, (a, b) -> a <= b ? 1 : 0);
      case GREATER -> binary(op, inputs, (a, b) -> a > b ? 1 : 0, (a, b) -> a > b ? 1 : 0);
      case GREATER_OR_EQUAL ->
          binary(op, inputs, (a, b) -> a >= b ? 1 : 0, (a, b) -> a >= b ? 1 : 0);
    };
  }

  /** A choice. */
  static Kernel where(Where op, List<TensorSpec> inputs) {
    long n = inputs.get(1).shape().elements();
    return ScalarKernel.of(
        op,
        inputs,
        Use.ELEMENTWISE,
        operands -> {
          Elements condition = operands.in(0);
          Elements a = operands.in(1);
          Elements b = operands.in(2);
          Elements y = operands.out(0);
          return () -> {
            for (long i = 0; i < n; i++) {
              y.move(i, condition.get(i) != 0 ? a : b, i);
            }
          };
        });
  }

  /** A conversion; between integers the upper bits are dropped. */
  static Kernel cast(Cast op, List<TensorSpec> inputs) {
    if (inputs.get(0).dtype().isFloat() || op.to().isFloat()) {
      return unary(op, inputs, x -> x);
    }
    long n = inputs.get(0).shape().elements();
    return ScalarKernel.of(
        op,
        inputs,
        Use.ELEMENTWISE,
        operands -> {
          Elements x = operands.in(0);
          Elements y = operands.out(0);
          return () -> {
            for (long i = 0; i < n; i++) {
              y.setInteger(i, x.integer(i));
            }
          };
        });
  }
}

package io.github.llm4j.runtime.autograd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.api.error.UnsupportedOpException;
import io.github.llm4j.api.op.Accumulate;
import io.github.llm4j.api.op.Decomposable;
import io.github.llm4j.api.op.Op;
import io.github.llm4j.api.op.Ops;
import io.github.llm4j.api.op.Output;
import io.github.llm4j.api.op.Reshape;
import io.github.llm4j.api.tensor.DType;
import io.github.llm4j.api.tensor.Tensor;
import io.github.llm4j.api.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The tape over ops that compute with single numbers. */
class TapeTest {
  private static final TensorSpec ONE = TensorSpec.of(DType.F64, 1);

  private final Numbers numbers = new Numbers();
  private final Tape tape = new Tape(numbers);

  private double grad(Tensor x) {
    return numbers.value(Objects.requireNonNull(tape.grad(x)));
  }

  @Test
  void addsTheGradientsOfAllUses() {
    Tensor x = numbers.of(3);
    tape.watch(x);
    Tensor y = tape.add(tape.mul(x, x), tape.scale(x, 2, 1)); // x^2 + 2 x + 1
    tape.backward(y, numbers.of(1));
    assertEquals(8, grad(x));
  }

  @Test
  void whatIsNotTrackedIsNotRecorded() {
    Tensor x = numbers.of(3);
    Tensor frozen = numbers.of(5);
    tape.watch(x);
    Tensor y = tape.mul(x, tape.exp(frozen));
    tape.backward(y, numbers.of(1));
    assertEquals(Math.exp(5), grad(x));
    assertNull(tape.grad(frozen));
  }

  @Test
  void aLeafGetsEachUseInTurn() {
    Tensor w = numbers.of(2);
    List<Double> given = new ArrayList<>();
    tape.leaf(
        w,
        new GradientSink() {
          @Override
          public DType dtype() {
            return DType.F64;
          }

          @Override
          public void accept(Ops ops, Tensor gradient) {
            given.add(numbers.value(gradient));
          }
        });
    tape.backward(tape.add(tape.scale(w, 3, 0), tape.scale(w, 5, 0)), numbers.of(1));
    assertEquals(List.of(5.0, 3.0), given);
  }

  @Test
  void recomputeGivesTheSameGradientsAndRunsTheBodyAgain() {
    int[] runs = {0};
    Tensor x = numbers.of(0.5);
    tape.watch(x);
    Tensor y =
        tape.recompute(
                (ops, in) -> {
                  runs[0]++;
                  return List.of(ops.exp(ops.mul(in.get(0), in.get(0))));
                },
                List.of(x))
            .get(0);
    tape.backward(tape.mul(y, y), numbers.of(1)); // e^(2 x^2)
    assertEquals(2, runs[0]);
    assertEquals(4 * 0.5 * Math.exp(2 * 0.25), grad(x), 1e-12);
  }

  @Test
  void anOutputThatADecompositionPassesThroughIsAValueOfItsOwn() {
    Tensor x = numbers.of(3);
    tape.watch(x);
    Tensor same = tape.recompute((ops, in) -> in, List.of(x)).get(0);
    tape.backward(tape.scale(same, 7, 0), numbers.of(1));
    assertEquals(7, grad(x));
  }

  @Test
  void anOpWithoutVjpIsDifferentiatedThroughItsDecomposition() {
    Tensor x = numbers.of(3);
    tape.watch(x);
    tape.backward(tape.apply(new Cube(), List.of(x)).get(0), numbers.of(1));
    assertEquals(27, grad(x));
  }

  @Test
  void updatesAreRefused() {
    Tensor x = numbers.of(3);
    tape.watch(x);
    LlmException e =
        assertThrows(
            LlmException.class, () -> tape.apply(new Accumulate(false), List.of(numbers.of(1), x)));
    assertEquals(
        "llm4j:accumulate: operands without gradient expected, found one that is differentiated."
            + " An update has no derivative; apply it outside the tape.",
        e.getMessage());
  }

  @Test
  void anOpWithNeitherIsNamed() {
    Tensor x = numbers.of(3);
    tape.watch(x);
    UnsupportedOpException e =
        assertThrows(UnsupportedOpException.class, () -> tape.apply(new Opaque(), List.of(x)));
    assertEquals(
        "io.github.llm4j.runtime.autograd:opaque: a derivative expected, found an op that is"
            + " neither Differentiable nor Decomposable. Implement one of them.",
        e.getMessage());
  }

  record Cube() implements Decomposable {
    @Override
    public List<Output> outputs(List<TensorSpec> inputs) {
      return List.of(Output.of(inputs.get(0)));
    }

    @Override
    public List<Tensor> decompose(Ops ops, List<Tensor> inputs) {
      Tensor x = inputs.get(0);
      return List.of(ops.mul(ops.mul(x, x), x));
    }
  }

  record Opaque() implements Op {
    @Override
    public List<Output> outputs(List<TensorSpec> inputs) {
      return List.of(Output.of(inputs.get(0)));
    }
  }

  /** Ops over numbers: just those that these tests need. */
  private static final class Numbers implements Ops {
    private final Map<Tensor, Double> values = Collections.synchronizedMap(new IdentityHashMap<>());

    Tensor of(double value) {
      Tensor tensor = new Handle();
      values.put(tensor, value);
      return tensor;
    }

    double value(Tensor tensor) {
      return Objects.requireNonNull(values.get(tensor));
    }

    @Override
    public List<Tensor> apply(Op op, List<Tensor> inputs) {
      double a = value(inputs.get(0));
      double b = inputs.size() > 1 ? value(inputs.get(1)) : 0;
      return List.of(
          of(
              switch (op) {
                case io.github.llm4j.api.op.Add add -> a + b;
                case io.github.llm4j.api.op.Mul mul -> a * b;
                case io.github.llm4j.api.op.Exp exp -> Math.exp(a);
                case io.github.llm4j.api.op.Scale scale -> a * scale.factor() + scale.offset();
                case Reshape reshape -> a;
                default -> throw new IllegalArgumentException(op.name());
              }));
    }
  }

  private static final class Handle implements Tensor {
    @Override
    public TensorSpec spec() {
      return ONE;
    }
  }
}

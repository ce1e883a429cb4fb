package io.github.llm4j.testkit;

import io.github.llm4j.api.backend.Backend;
import io.github.llm4j.api.op.Op;
import io.github.llm4j.api.tensor.DType;
import io.github.llm4j.api.tensor.Tensor;
import io.github.llm4j.api.tensor.TensorSpec;
import io.github.llm4j.runtime.eager.EagerOps;
import java.util.Arrays;
import java.util.List;

/** What ops give: to compare kernels with, and as operands of gradient ops. */
@FunctionalInterface
interface Expected {

  /** All outputs; floats are F64. */
  List<Operand> of(Op op, List<Operand> inputs);

  /** An output rounded to a type: an operand for a gradient op. */
  default Operand of(Op op, List<Operand> inputs, int output, DType type) {
    return of(op, inputs).get(output).as(type);
  }

  /** What they give in F64 on the reference backend, decomposed. */
  static Expected by(Backend reference) {
    return (op, inputs) -> {
      try (EagerOps ops = new EagerOps(reference)) {
        List<Tensor> operands =
            inputs.stream()
                .map(Operand::wide)
                .map(o -> ops.external(o.memory(), o.spec()))
                .toList();
        return ops.apply(Wide.op(op), operands).stream()
            .map(t -> Operand.of(t.spec(), ops.values(t)))
            .toList();
      }
    };
  }

  /**
   * Ones instead: for tests that compare kernels with themselves, to which any operands will do,
   * and which can't wait for the reference.
   */
  static Expected ones() {
    return (op, inputs) ->
        op.outputs(inputs.stream().map(Operand::spec).toList()).stream()
            .map(o -> ones(o.spec().as(DType.F64)))
            .toList();
  }

  private static Operand ones(TensorSpec spec) {
    double[] values = new double[Math.toIntExact(spec.shape().elements())];
    Arrays.fill(values, 1);
    return Operand.of(spec, values);
  }
}

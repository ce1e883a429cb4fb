package io.github.llm4j.testkit;

import io.github.llm4j.api.backend.Backend;
import io.github.llm4j.api.op.Op;
import io.github.llm4j.api.tensor.DType;
import io.github.llm4j.api.tensor.Tensor;
import io.github.llm4j.runtime.eager.EagerOps;
import java.util.List;

/** What ops give in F64 on the reference backend, decomposed. */
final class Expected {
  private final Backend reference;

  Expected(Backend reference) {
    this.reference = reference;
  }

  /** All outputs; floats are F64. */
  List<Operand> of(Op op, List<Operand> inputs) {
    try (EagerOps ops = new EagerOps(reference)) {
      List<Tensor> operands =
          inputs.stream().map(Operand::wide).map(o -> ops.external(o.memory(), o.spec())).toList();
      return ops.apply(Wide.op(op), operands).stream()
          .map(t -> Operand.of(t.spec(), ops.values(t)))
          .toList();
    }
  }

  /** An output rounded to a type: an operand for a gradient op. */
  Operand of(Op op, List<Operand> inputs, int output, DType type) {
    return of(op, inputs).get(output).as(type);
  }
}

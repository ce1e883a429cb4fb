package io.github.llm4j.backend.cpu.scalar;

import io.github.llm4j.api.backend.Bindings;
import io.github.llm4j.api.tensor.TensorSpec;
import java.util.List;

/** The operands and results of one launch as elements. */
record Operands(Bindings bindings, List<TensorSpec> inputs, List<TensorSpec> outputs) {

  /** Elements of an operand. */
  Elements in(int index) {
    return Elements.of(bindings.input(index), inputs.get(index).dtype());
  }

  /** Elements of a result; they add what is stored where the launch has to accumulate. */
  Elements out(int index) {
    if (!bindings.wanted(index)) {
      return new Elements.Nowhere();
    }
    Elements elements = Elements.of(bindings.output(index), outputs.get(index).dtype());
    return bindings.accumulate(index) ? new Elements.Adding(elements) : elements;
  }
}

package io.github.llm4j.backend.cpu.scalar;

import io.github.llm4j.api.backend.Bindings;
import io.github.llm4j.api.backend.Kernel;
import io.github.llm4j.api.backend.Launch;
import io.github.llm4j.api.op.Op;
import io.github.llm4j.api.op.Output;
import io.github.llm4j.api.tensor.TensorSpec;
import java.util.List;

/**
 * A kernel over elements.
 *
 * @param inputs specs of the operands
 * @param outputs specs of the results
 * @param use whether results may lie over operands or be added to
 * @param body what ties it to its elements
 */
record ScalarKernel(List<TensorSpec> inputs, List<TensorSpec> outputs, Use use, Body body)
    implements Kernel {

  /** What a kernel allows with its results. */
  enum Use {
    /** Element i depends on elements i alone: it may overwrite an operand, and add. */
    ELEMENTWISE,
    /** Each element is stored once: it may add. */
    STORED_ONCE,
    /** Results are read back or are bytes: neither. */
    WHOLE
  }

  /** Ties a kernel to its operands. */
  @FunctionalInterface
  interface Body {
    /** All that a launch needs is made here. */
    Launch bind(Operands operands);
  }

  /** A kernel for an op. */
  static ScalarKernel of(Op op, List<TensorSpec> inputs, Use use, Body body) {
    List<TensorSpec> outputs = op.outputs(inputs).stream().map(Output::spec).toList();
    return new ScalarKernel(inputs, outputs, use, body);
  }

  @Override
  public boolean accumulates(int index) {
    return use != Use.WHOLE && outputs.get(index).dtype().isFloat();
  }

  @Override
  public boolean inPlace(int output, int input) {
    return use == Use.ELEMENTWISE
        && outputs.get(output).dtype().blockBytes() == inputs.get(input).dtype().blockBytes();
  }

  @Override
  public Launch bind(Bindings bindings) {
    return body.bind(new Operands(bindings, inputs, outputs));
  }
}

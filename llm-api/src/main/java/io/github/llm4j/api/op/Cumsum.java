package io.github.llm4j.api.op;

import io.github.llm4j.api.tensor.TensorSpec;
import java.util.List;

/**
 * Running sum along the last axis. A primitive without gradient, for counting.
 *
 * @param exclusive whether an element leaves itself out
 */
public record Cumsum(boolean exclusive) implements Op {

  @Override
  public List<Output> outputs(List<TensorSpec> inputs) {
    OpCheck.count(this, inputs, 1);
    OpCheck.rank(this, "x", inputs.get(0), 1);
    return List.of(Output.plain(inputs.get(0)));
  }
}

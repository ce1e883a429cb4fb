package io.github.llm4j.api.op;

import io.github.llm4j.api.tensor.DType;
import io.github.llm4j.api.tensor.TensorSpec;
import java.util.List;

/**
 * Indices that sort the last axis in rising order, equals in their old order (stable), as I32. A
 * primitive.
 */
public record Sort() implements Op {

  @Override
  public List<Output> outputs(List<TensorSpec> inputs) {
    OpCheck.count(this, inputs, 1);
    OpCheck.rank(this, "x", inputs.get(0), 1);
    return List.of(Output.plain(inputs.get(0).as(DType.I32)));
  }
}

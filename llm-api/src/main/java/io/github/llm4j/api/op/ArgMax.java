package io.github.llm4j.api.op;

import io.github.llm4j.api.tensor.DType;
import io.github.llm4j.api.tensor.TensorSpec;
import java.util.List;

/**
 * Index of the first maximum along the last axis, as I32. A primitive.
 *
 * <p>Shapes: {@code x [.., N] -> y [..]}.
 */
public record ArgMax() implements Op {

  @Override
  public List<Output> outputs(List<TensorSpec> inputs) {
    OpCheck.count(this, inputs, 1);
    OpCheck.rank(this, "x", inputs.get(0), 1);
    return List.of(Output.plain(new TensorSpec(inputs.get(0).shape().without(-1), DType.I32)));
  }
}

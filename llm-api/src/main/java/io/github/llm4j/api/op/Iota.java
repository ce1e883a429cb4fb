package io.github.llm4j.api.op;

import io.github.llm4j.api.tensor.DType;
import io.github.llm4j.api.tensor.TensorSpec;
import java.util.List;

/**
 * The integers {@code 0 .. length - 1} as I32. A primitive.
 *
 * @param length number of elements
 */
public record Iota(int length) implements Op {

  @Override
  public List<Output> outputs(List<TensorSpec> inputs) {
    OpCheck.count(this, inputs, 0);
    return List.of(Output.plain(TensorSpec.of(DType.I32, length)));
  }
}

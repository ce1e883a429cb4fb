package io.github.llm4j.api.op;

import io.github.llm4j.api.tensor.DType;
import io.github.llm4j.api.tensor.TensorSpec;
import java.util.List;

/**
 * Block-quantised elements as floats. A primitive without gradient: quantised weights are frozen.
 *
 * @param to a float type
 */
public record Dequantise(DType to) implements Op {

  @Override
  public List<Output> outputs(List<TensorSpec> inputs) {
    OpCheck.count(this, inputs, 1);
    TensorSpec x = inputs.get(0);
    OpCheck.that(x.dtype().isQuantised(), this, "x must be block-quantised", x);
    return List.of(Output.plain(x.as(to)));
  }
}

package io.github.llm4j.api.op;

import io.github.llm4j.api.tensor.TensorSpec;
import java.util.List;

/**
 * A tensor of one value. A primitive.
 *
 * @param value every element, converted to the type
 * @param spec shape and type
 */
public record Fill(double value, TensorSpec spec) implements Op {

  @Override
  public List<Output> outputs(List<TensorSpec> inputs) {
    OpCheck.count(this, inputs, 0);
    return List.of(Output.plain(spec));
  }
}

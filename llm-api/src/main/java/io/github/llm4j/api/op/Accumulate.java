package io.github.llm4j.api.op;

import io.github.llm4j.api.tensor.TensorSpec;
import java.util.List;

/**
 * Adds a value to a target, or stores it there: how gradients reach their arena. An update; the
 * launch that makes the value writes straight into the target where its kernel can.
 *
 * <p>Shapes: {@code target, value} alike in shape; the target is F32 or F64.
 *
 * @param store whether the target's old contents are overwritten (first micro-batch) instead of
 *     added to
 */
public record Accumulate(boolean store) implements Update {

  @Override
  public List<Output> outputs(List<TensorSpec> inputs) {
    OpCheck.count(this, inputs, 2);
    OpCheck.shape(this, "value", inputs.get(1), inputs.get(0).shape());
    OpCheck.dtype(this, "value", inputs.get(1), inputs.get(0).dtype());
    return List.of(Output.plain(inputs.get(0)));
  }

  @Override
  public List<Integer> overwrites() {
    return List.of(0);
  }
}

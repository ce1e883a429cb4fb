package io.github.llm4j.api.op;

import io.github.llm4j.api.tensor.Shape;
import io.github.llm4j.api.tensor.TensorSpec;
import java.util.List;

/**
 * An exponential moving average: {@code y = y + share (scale x - y)}, where share is 1 - decay:
 * what stays the same stays so bit for bit. An update; with {@code finite = 0} it does nothing.
 *
 * <p>Shapes: {@code y, x} alike in shape, then {@code share [1], scale [1], finite [1]}. All F32
 * (F64 for F64).
 */
public record MovingAverage() implements Update {

  @Override
  public List<Output> outputs(List<TensorSpec> inputs) {
    OpCheck.count(this, inputs, 5);
    OpCheck.shape(this, "x", inputs.get(1), inputs.get(0).shape());
    OpCheck.shape(this, "share", inputs.get(2), Shape.of(1));
    return List.of(Output.plain(inputs.get(0)));
  }

  @Override
  public List<Integer> overwrites() {
    return List.of(0);
  }
}

package io.github.llm4j.api.op;

import io.github.llm4j.api.tensor.Shape;
import io.github.llm4j.api.tensor.TensorSpec;
import java.util.List;

/**
 * A step along a direction with decoupled weight decay: {@code w = w - rate (factor u + decay w)}.
 * An update; with {@code finite = 0} it does nothing.
 *
 * <p>Shapes: {@code w, u} alike in shape, then {@code rate [1], finite [1]}; and with copy {@code
 * copy (BF16)} in w's shape, which becomes w rounded. u may be BF16; all else F32 (F64 for F64).
 *
 * @param factor of the direction
 * @param decay of the weights
 * @param copy whether the last operand is a bf16 copy to write
 */
public record Descend(double factor, double decay, boolean copy) implements Update {

  @Override
  public List<Output> outputs(List<TensorSpec> inputs) {
    OpCheck.count(this, inputs, copy ? 5 : 4);
    OpCheck.shape(this, "u", inputs.get(1), inputs.get(0).shape());
    OpCheck.shape(this, "rate", inputs.get(2), Shape.of(1));
    Output w = Output.plain(inputs.get(0));
    return copy ? List.of(w, Output.plain(inputs.get(4))) : List.of(w);
  }

  @Override
  public List<Integer> overwrites() {
    return copy ? List.of(0, 4) : List.of(0);
  }
}

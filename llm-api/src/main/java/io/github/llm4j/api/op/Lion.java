package io.github.llm4j.api.op;

import io.github.llm4j.api.tensor.Shape;
import io.github.llm4j.api.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * One step of Lion over a flat arena: the sign of an average of momentum and gradient. An update;
 * with {@code finite = 0} it does nothing.
 *
 * <p>{@code g = scale grad; c = b1 m + (1 - b1) g; w = w - s lr (sign(c) + decay w); m = b2 m + (1
 * - b2) g}, where s is the span's lrScale and sign(0) = 0.
 *
 * <p>Shapes: {@code w [N], m [N], grad [N]}, then {@code hyper [1]}: lr; {@code scale [1], finite
 * [1]}; and with copy {@code copy [N] (BF16)}, which becomes w rounded. All else F32 (F64 for F64).
 *
 * <p>Chen et al. 2023, arXiv:2302.06675, algorithm 2.
 *
 * @param beta1 share of the momentum in the step
 * @param beta2 decay of the momentum
 * @param spans ranges of the arena with their weight decay, in order, without gaps
 * @param copy whether the last operand is a bf16 copy to write
 */
public record Lion(double beta1, double beta2, List<Span> spans, boolean copy) implements Update {

  /** Copies the spans. */
  public Lion {
    spans = List.copyOf(spans);
  }

  @Override
  public List<Output> outputs(List<TensorSpec> inputs) {
    OpCheck.count(this, inputs, copy ? 7 : 6);
    for (int i = 1; i < 3; i++) {
      OpCheck.shape(this, "operand " + i, inputs.get(i), inputs.get(0).shape());
    }
    OpCheck.shape(this, "hyper", inputs.get(3), Shape.of(1));
    List<Output> outputs = new ArrayList<>();
    for (int i : overwrites()) {
      outputs.add(Output.plain(inputs.get(i)));
    }
    return outputs;
  }

  @Override
  public List<Integer> overwrites() {
    return copy ? List.of(0, 1, 6) : List.of(0, 1);
  }
}

package io.github.llm4j.api.op;

import io.github.llm4j.api.tensor.Shape;
import io.github.llm4j.api.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * One step of gradient descent with momentum over a flat arena. An update; with {@code finite = 0}
 * it does nothing.
 *
 * <p>{@code g = scale grad + decay w} if the decay is coupled, else {@code scale grad}; {@code b =
 * momentum b + g}; {@code d = g + momentum b} with Nesterov, else {@code b}; {@code w = w - s lr
 * d}, less {@code s lr decay w} if the decay is decoupled; s is the span's lrScale. Without
 * momentum there is no b, and {@code d = g}.
 *
 * <p>Shapes: {@code w [N]}, with momentum {@code b [N]}, {@code grad [N]}, then {@code hyper [1]}:
 * lr; {@code scale [1], finite [1]}; and with copy {@code copy [N] (BF16)}, which becomes w
 * rounded. All else F32 (F64 for F64).
 *
 * <p>Sutskever et al. 2013, "On the importance of initialization and momentum in deep learning",
 * equations 1 to 4, in the form of PyTorch's SGD with dampening 0: the rate is outside the
 * momentum.
 *
 * @param momentum decay of the momentum; 0 for none
 * @param nesterov whether the step looks ahead
 * @param decoupled whether decay is taken off the weights instead of added to the gradient
 * @param spans ranges of the arena with their weight decay, in order, without gaps
 * @param copy whether the last operand is a bf16 copy to write
 */
public record Sgd(
    double momentum, boolean nesterov, boolean decoupled, List<Span> spans, boolean copy)
    implements Update {

  /** Copies the spans. */
  public Sgd {
    spans = List.copyOf(spans);
  }

  /** Number of operands as long as the arena, those before the numbers: w, b, grad. */
  public int arenas() {
    return momentum == 0 ? 2 : 3;
  }

  @Override
  public List<Output> outputs(List<TensorSpec> inputs) {
    OpCheck.count(this, inputs, arenas() + (copy ? 4 : 3));
    for (int i = 1; i < arenas(); i++) {
      OpCheck.shape(this, "operand " + i, inputs.get(i), inputs.get(0).shape());
    }
    OpCheck.shape(this, "hyper", inputs.get(arenas()), Shape.of(1));
    List<Output> outputs = new ArrayList<>();
    for (int i : overwrites()) {
      outputs.add(Output.plain(inputs.get(i)));
    }
    return outputs;
  }

  @Override
  public List<Integer> overwrites() {
    List<Integer> overwrites = new ArrayList<>();
    for (int i = 0; i < arenas() - 1; i++) {
      overwrites.add(i);
    }
    if (copy) {
      overwrites.add(arenas() + 3);
    }
    return overwrites;
  }
}

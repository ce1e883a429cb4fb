package io.github.llm4j.api.op;

import io.github.llm4j.api.tensor.Shape;
import io.github.llm4j.api.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * One step of Adam with decoupled weight decay over a flat arena. An update; with {@code finite =
 * 0} it does nothing.
 *
 * <p>{@code g = scale grad; m = b1 m + (1 - b1) g; v = b2 v + (1 - b2) g^2; w = w - lr (s m / c1 /
 * (sqrt(v / c2) + eps) + s decay w)}, where s is the span's lrScale. Spans with lrScale 0 are left
 * as they are, moments too.
 *
 * <p>Shapes: {@code w [N], m [N], v [N], grad [N]}, then {@code hyper [3]}: lr, {@code c1 = 1 -
 * b1^step}, {@code c2 = 1 - b2^step}; {@code scale [1], finite [1]}; and with copy {@code copy [N]
 * (BF16)}, which becomes w rounded. All else F32 (F64 for F64).
 *
 * <p>Loshchilov and Hutter 2019, arXiv:1711.05101, algorithm 2, with decay multiplied by lr as
 * PyTorch does.
 *
 * @param beta1 decay of the first moment
 * @param beta2 decay of the second moment
 * @param eps added to the root
 * @param spans ranges of the arena with their weight decay, in order, without gaps
 * @param copy whether the last operand is a bf16 copy to write
 */
public record AdamW(double beta1, double beta2, double eps, List<Span> spans, boolean copy)
    implements Update {

  /** Copies the spans. */
  public AdamW {
    spans = List.copyOf(spans);
  }

  @Override
  public List<Output> outputs(List<TensorSpec> inputs) {
    OpCheck.count(this, inputs, copy ? 8 : 7);
    TensorSpec w = inputs.get(0);
    for (int i = 1; i < 4; i++) {
      OpCheck.shape(this, "operand " + i, inputs.get(i), w.shape());
    }
    OpCheck.shape(this, "hyper", inputs.get(4), Shape.of(3));
    List<Output> outputs = new ArrayList<>();
    for (int i : overwrites()) {
      outputs.add(Output.plain(inputs.get(i)));
    }
    return outputs;
  }

  @Override
  public List<Integer> overwrites() {
    return copy ? List.of(0, 1, 2, 7) : List.of(0, 1, 2);
  }
}

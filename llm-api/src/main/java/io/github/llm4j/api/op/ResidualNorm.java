package io.github.llm4j.api.op;

import io.github.llm4j.api.tensor.Tensor;
import io.github.llm4j.api.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * A sum and the norm of it, in one pass over memory: {@code sum = a + b, y = norm(sum)}. Layers
 * don't call it; a plan puts it in place of the two where a backend has a kernel.
 *
 * <p>Shapes: {@code a, b [.., C]}, then the norm's operands behind its first {@code -> sum [..,
 * C]}, then the norm's outputs.
 *
 * @param norm a {@link LayerNorm} or {@link RmsNorm}
 */
public record ResidualNorm(Decomposable norm) implements Decomposable {

  /** Checks the norm. */
  public ResidualNorm {
    if (!(norm instanceof LayerNorm || norm instanceof RmsNorm)) {
      throw new IllegalArgumentException(
          "norm: layer-norm or rms-norm expected, found " + norm + ".");
    }
  }

  @Override
  public List<Output> outputs(List<TensorSpec> inputs) {
    OpCheck.that(inputs.size() >= 3, this, "takes at least 3 operands", inputs.size());
    Output sum = new Add().outputs(inputs.subList(0, 2)).get(0);
    List<TensorSpec> normed = new ArrayList<>(inputs.subList(1, inputs.size()));
    normed.set(0, sum.spec());
    List<Output> outputs = new ArrayList<>(List.of(sum));
    outputs.addAll(norm.outputs(normed));
    return outputs;
  }

  @Override
  public List<Tensor> decompose(Ops ops, List<Tensor> inputs) {
    Tensor sum = ops.add(inputs.get(0), inputs.get(1));
    List<Tensor> normed = new ArrayList<>(inputs.subList(1, inputs.size()));
    normed.set(0, sum);
    List<Tensor> outputs = new ArrayList<>(List.of(sum));
    outputs.addAll(ops.apply(norm, normed));
    return outputs;
  }
}

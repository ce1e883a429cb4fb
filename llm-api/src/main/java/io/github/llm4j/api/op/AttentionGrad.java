package io.github.llm4j.api.op;

import io.github.llm4j.api.tensor.Tensor;
import io.github.llm4j.api.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * The gradients of {@link Attention}.
 *
 * <p>Shapes: the operands of the attention, then {@code y, lse, dy -> dq, dk, dv}, and {@code
 * dbias} if it has a bias.
 *
 * <p>Dao 2023, arXiv:2307.08691, algorithm 2.
 *
 * @param forward the attention
 */
public record AttentionGrad(Attention forward) implements Decomposable {

  @Override
  public List<Output> outputs(List<TensorSpec> inputs) {
    OpCheck.count(this, inputs, forward.operands() + 3);
    OpCheck.shape(this, "dy", inputs.get(forward.operands() + 2), inputs.get(0).shape());
    List<Output> outputs = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      outputs.add(Output.of(inputs.get(i)));
    }
    if (forward.bias()) {
      outputs.add(Output.of(inputs.get(forward.biasAt())));
    }
    return outputs;
  }

  @Override
  public List<Tensor> decompose(Ops ops, List<Tensor> inputs) {
    int n = forward.operands();
    return new AttentionMath(forward, ops, inputs.subList(0, n))
        .backward(inputs.get(n), inputs.get(n + 1), inputs.get(n + 2));
  }
}

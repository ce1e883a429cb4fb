package io.github.llm4j.api.objective;

import io.github.llm4j.api.layer.Outputs;
import io.github.llm4j.api.op.Ops;
import io.github.llm4j.api.tensor.Tensor;
import java.util.Map;

/**
 * What is minimised. Losses are sums; the trainer multiplies by 1 / count of the step's targets.
 */
public interface Objective {

  /**
   * Sum of the losses of all targets.
   *
   * @param outputs what the model gave
   * @param targets named tensors of the batch; {@code targets} [B, T] (I32), negative where none is
   * @param ops what to compute with
   * @return {@code [1]}
   */
  Tensor sum(Outputs outputs, Map<String, Tensor> targets, Ops ops);

  /** Whether the loss of a batch is the sum of the losses of its rows, so that it can be split. */
  default boolean separable() {
    return true;
  }
}

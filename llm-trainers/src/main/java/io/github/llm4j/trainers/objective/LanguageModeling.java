package io.github.llm4j.trainers.objective;

import io.github.llm4j.api.layer.Outputs;
import io.github.llm4j.api.objective.Objective;
import io.github.llm4j.api.op.Ops;
import io.github.llm4j.api.tensor.Shape;
import io.github.llm4j.api.tensor.Tensor;
import java.util.Map;

/** Cross-entropy of each target with the logits at its place, in nats. */
public final class LanguageModeling implements Objective {

  @Override
  public Tensor sum(Outputs outputs, Map<String, Tensor> targets, Ops ops) {
    Tensor logits = outputs.logits(); // [B, T, V]
    Tensor wanted = targets.get("targets"); // [B, T]
    if (wanted == null) {
      throw new IllegalArgumentException("language modelling: the batch lacks targets");
    }
    int rows = logits.shape().rows();
    Tensor flat = ops.reshape(logits, Shape.of(rows, logits.size(-1))); // [B T, V]
    Tensor losses = ops.crossEntropy(flat, ops.reshape(wanted, Shape.of(rows))); // [B T]
    return ops.sum(losses, 0); // [1]
  }
}

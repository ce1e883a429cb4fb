package io.github.llm4j.api.layer;

import io.github.llm4j.api.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Losses that layers add to the objective's, as the load balance of experts; each of shape [1], a
 * mean over the micro-batch.
 */
public final class Losses {
  private final List<Tensor> losses = new ArrayList<>();

  /** Adds a loss, already weighted. */
  public void add(Tensor loss) {
    losses.add(loss);
  }

  /** What was added, in order. */
  public List<Tensor> all() {
    return List.copyOf(losses);
  }
}

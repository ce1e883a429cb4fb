package io.github.llm4j.layers;

import io.github.llm4j.api.layer.LayerContext;
import io.github.llm4j.api.parameter.Initializer;

/**
 * First values as GPT-2 has them: normal with standard deviation 0.02, and smaller by sqrt(2 L)
 * where a branch meets the residual stream.
 *
 * <p>Radford et al. 2019, "Language Models are Unsupervised Multitask Learners", section 2.3.
 */
final class Initial {
  /** Standard deviation of weights and tables. */
  static final double STD = 0.02;

  private Initial() {}

  /** Of a weight inside a branch. */
  static Initializer weight() {
    return Initializer.normal(STD);
  }

  /** Of the last weight of a branch. */
  static Initializer branchEnd(LayerContext context) {
    return Initializer.normal(STD / Math.sqrt(2.0 * Math.max(1, context.layers())));
  }
}

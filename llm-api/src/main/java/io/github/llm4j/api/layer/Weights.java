package io.github.llm4j.api.layer;

import io.github.llm4j.api.parameter.Parameter;
import io.github.llm4j.api.tensor.Tensor;

/** Answers which form of a parameter a pass computes with. */
@FunctionalInterface
public interface Weights {
  /** The parameter's form of this pass. */
  Tensor of(Parameter parameter);
}

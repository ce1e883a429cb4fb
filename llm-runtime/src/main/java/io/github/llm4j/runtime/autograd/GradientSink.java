package io.github.llm4j.runtime.autograd;

import io.github.llm4j.api.op.Ops;
import io.github.llm4j.api.tensor.DType;
import io.github.llm4j.api.tensor.Tensor;

/** Where the gradient of a leaf goes; called once for each use of the leaf, in a fixed order. */
public interface GradientSink {

  /** Type in which the gradient is wanted. */
  DType dtype();

  /** Takes the gradient of one use. */
  void accept(Ops ops, Tensor gradient);
}

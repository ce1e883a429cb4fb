package io.github.llm4j.api.op;

import io.github.llm4j.api.tensor.Tensor;

/** One application of an op, seen from the backward pass. */
public interface Vjp {

  /** What to compute gradients with; never recorded on the tape again. */
  Ops ops();

  /** An operand. */
  Tensor input(int index);

  /** An output, saved ones included. */
  Tensor output(int index);

  /** Number of operands. */
  int inputs();

  /** Whether an output has a gradient; one that nothing depends on has none. */
  boolean hasGrad(int output);

  /**
   * Gradient of an output, in the output's type.
   *
   * @throws IllegalStateException if it has none: ask {@link #hasGrad} where there are several
   */
  Tensor grad(int output);

  /** Whether the gradient of an operand is wanted; don't compute it otherwise. */
  boolean wants(int input);

  /**
   * Hands over the gradient of an operand, at most once an operand. It is added to what other uses
   * of the operand give.
   *
   * @param gradient of the operand's shape; best in F32 for weights (whatever the weight's own
   *     type), else in the operand's type; another float type is cast
   */
  void give(int input, Tensor gradient);
}

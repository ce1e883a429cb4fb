package io.github.llm4j.api.op;

/**
 * An op with a vector-Jacobian product of its own. An op that is only {@link Decomposable} is
 * differentiated through its decomposition.
 */
public interface Differentiable extends Op {

  /**
   * Gives the gradients of the wanted operands.
   *
   * @param vjp operands, outputs, gradients of the outputs that have one, and where results go; at
   *     least one output has a gradient and at least one operand wants one
   */
  void vjp(Vjp vjp);
}

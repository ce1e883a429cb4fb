package io.github.llm4j.api.op;

import io.github.llm4j.api.tensor.Tensor;
import java.util.List;
import java.util.function.BiFunction;

/**
 * Applies ops. {@link #apply} is the only method to implement; the typed calls of {@link OpCalls}
 * are written over it.
 *
 * <p>There are three implementations: the recorder books launches and computes nothing, the tape
 * wraps another {@code Ops} and adds the backward pass, the eager one computes at once.
 */
public interface Ops extends OpCalls {

  /**
   * Applies an op.
   *
   * @param op the op
   * @param inputs its operands, made by this {@code Ops} or one that it wraps
   * @return all outputs, in declared order
   * @throws io.github.llm4j.api.error.ShapeMismatchException if the operands don't fit
   * @throws io.github.llm4j.api.error.UnsupportedOpException if there is neither a kernel nor a
   *     decomposition
   */
  @Override
  List<Tensor> apply(Op op, List<Tensor> inputs);

  /**
   * The same ops, whose launches and errors carry a layer path.
   *
   * @param path as {@code blocks.3.attention}
   */
  default Ops at(String path) {
    return this;
  }

  /**
   * Runs a body whose intermediate values are not kept for the backward pass but computed again
   * there. Without a tape it is the body.
   *
   * @param body a pure function of its inputs and of parameters
   * @param inputs what it may read besides parameters
   */
  default List<Tensor> recompute(
      BiFunction<Ops, List<Tensor>, List<Tensor>> body, List<Tensor> inputs) {
    return body.apply(this, inputs);
  }
}

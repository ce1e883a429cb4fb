package io.github.llm4j.api.op;

import io.github.llm4j.api.tensor.Tensor;
import java.util.List;

/**
 * An op that can be written with other ops: a fusion. The decomposition is its definition; a kernel
 * is a faster way to the same numbers.
 */
public interface Decomposable extends Op {

  /**
   * Computes all declared outputs with other ops.
   *
   * @param ops what to compute with
   * @param inputs the operands, already checked
   * @return the outputs in declared order, of the declared specs
   */
  List<Tensor> decompose(Ops ops, List<Tensor> inputs);
}

package io.github.llm4j.api.op;

import io.github.llm4j.api.tensor.DType;
import io.github.llm4j.api.tensor.TensorSpec;
import java.util.List;

/**
 * Element-wise comparison of two tensors of one shape and type, giving 1 or 0 as U8. A primitive
 * without gradient; with a NaN every relation but NOT_EQUAL is 0.
 *
 * @param relation what is asked
 */
public record Compare(Relation relation) implements Op {

  /** What is asked of {@code a} and {@code b}. */
  public enum Relation {
    /** {@code a == b}. */
    EQUAL,
    /** {@code a != b}. */
    NOT_EQUAL,
    /** {@code a < b}. */
    LESS,
    /** {@code a <= b}. */
    LESS_OR_EQUAL,
    /** {@code a > b}. */
    GREATER,
    /** {@code a >= b}. */
    GREATER_OR_EQUAL
  }

  @Override
  public List<Output> outputs(List<TensorSpec> inputs) {
    OpCheck.count(this, inputs, 2);
    OpCheck.shape(this, "b", inputs.get(1), inputs.get(0).shape());
    OpCheck.dtype(this, "b", inputs.get(1), inputs.get(0).dtype());
    return List.of(Output.plain(inputs.get(0).as(DType.U8)));
  }
}

package io.github.llm4j.api.op;

import io.github.llm4j.api.error.ShapeMismatchException;
import io.github.llm4j.api.tensor.DType;
import io.github.llm4j.api.tensor.Shape;
import io.github.llm4j.api.tensor.TensorSpec;
import java.util.List;

/**
 * Checks that ops make of their operands; each failure names the op, the operands and the sizes.
 */
public final class OpCheck {
  private OpCheck() {}

  /**
   * Fails with the op's name in front.
   *
   * @throws ShapeMismatchException unless {@code holds}
   */
  public static void that(boolean holds, Op op, String expected, Object found) {
    if (!holds) {
      throw new ShapeMismatchException(op.name() + ": " + expected + ", found " + found + ".");
    }
  }

  /** Checks the number of operands. */
  public static void count(Op op, List<TensorSpec> inputs, int count) {
    that(inputs.size() == count, op, "takes " + count + " operands", inputs.size());
  }

  /** Checks an operand's shape. */
  public static void shape(Op op, String operand, TensorSpec found, Shape expected) {
    that(found.shape().equals(expected), op, operand + " must be " + expected, found);
  }

  /** Checks an operand's type. */
  public static void dtype(Op op, String operand, TensorSpec found, DType expected) {
    that(found.dtype() == expected, op, operand + " must be " + expected, found);
  }

  /** Checks that an operand has a float type. */
  public static void isFloat(Op op, String operand, TensorSpec found) {
    that(found.dtype().isFloat(), op, operand + " must have a float type", found);
  }

  /** Checks that an operand has at least {@code rank} axes. */
  public static void rank(Op op, String operand, TensorSpec found, int rank) {
    that(found.shape().rank() >= rank, op, operand + " must have " + rank + " axes or more", found);
  }

  /** The axis counted from the front, checked. */
  static int axis(Op op, TensorSpec spec, int axis) {
    int rank = spec.shape().rank();
    that(axis >= -rank && axis < rank, op, "axis must lie within the rank " + rank, axis);
    return axis < 0 ? axis + rank : axis;
  }
}

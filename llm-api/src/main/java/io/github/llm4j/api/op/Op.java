package io.github.llm4j.api.op;

import io.github.llm4j.api.tensor.TensorSpec;
import java.util.List;

/**
 * An operation as a value: a record whose components are constants of the computation. Whatever
 * changes between steps (seed, step, learning rate, lengths) is an operand instead.
 *
 * <p>An op that is not {@link Decomposable} is a primitive and needs a kernel on every backend.
 *
 * @implSpec Implementations are records, so that equality and printing come for free. Optional
 *     operands are declared by a component ({@code boolean bias}), never passed as null.
 */
public interface Op {

  /** {@code owner:kebab-name}, as {@code llm4j:rms-norm}: what logs, plans and kernels call it. */
  default String name() {
    String owner = getClass().getPackageName();
    String kebab = getClass().getSimpleName().replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-");
    return (owner.startsWith("io.github.llm4j.api") ? "llm4j" : owner)
        + ":"
        + kebab.toLowerCase(java.util.Locale.ROOT);
  }

  /**
   * Checks the operands and declares the outputs.
   *
   * @param inputs specs of the operands
   * @return specs and roles of the outputs, in order
   * @throws io.github.llm4j.api.error.ShapeMismatchException if the operands don't fit
   */
  List<Output> outputs(List<TensorSpec> inputs);
}

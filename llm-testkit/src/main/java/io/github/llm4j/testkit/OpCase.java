package io.github.llm4j.testkit;

import io.github.llm4j.api.op.Op;
import io.github.llm4j.api.op.Output;
import io.github.llm4j.api.tensor.DType;
import io.github.llm4j.api.tensor.TensorSpec;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * An op with operands to try it on.
 *
 * @param op the op
 * @param inputs its operands
 * @param terms number of terms in the longest sum behind an element; 0 if results are exact
 * @param differentiated the operands that gradients flow to
 * @param rounding the shortest type that values may be rounded to on the way; F64 if only results
 *     are
 * @param magnitude of what cancels on the way, where results may be much smaller; 0 if nothing does
 */
public record OpCase(
    Op op,
    List<Operand> inputs,
    long terms,
    Set<Integer> differentiated,
    DType rounding,
    double magnitude) {

  /** Copies the operands. */
  public OpCase {
    inputs = List.copyOf(inputs);
    differentiated = Set.copyOf(differentiated);
  }

  /** A case in which gradients flow to all floats. */
  public static OpCase of(Op op, long terms, Operand... inputs) {
    Set<Integer> floats =
        IntStream.range(0, inputs.length)
            .filter(i -> inputs[i].spec().dtype().isFloat())
            .boxed()
            .collect(Collectors.toSet());
    return new OpCase(op, List.of(inputs), terms, floats, DType.F64, 0);
  }

  /** The same case with gradients to these operands alone. */
  public OpCase differentiated(Integer... operands) {
    return new OpCase(op, inputs, terms, Set.of(operands), rounding, magnitude);
  }

  /** The same case with values rounded to this type on the way. */
  public OpCase rounding(DType type) {
    return new OpCase(op, inputs, terms, differentiated, type, magnitude);
  }

  /** The same case with values of about this magnitude that cancel. */
  public OpCase cancelling(double size) {
    return new OpCase(op, inputs, terms, differentiated, rounding, size);
  }

  /** Specs of the operands. */
  public List<TensorSpec> specs() {
    return inputs.stream().map(Operand::spec).toList();
  }

  /** What the op declares. */
  public List<Output> outputs() {
    return op.outputs(specs());
  }

  /** Number of elements of all operands. */
  public long elements() {
    return inputs.stream().mapToLong(i -> i.spec().shape().elements()).sum();
  }

  /** The op and its operands' specs. */
  @Override
  public String toString() {
    return op + " of " + specs();
  }
}

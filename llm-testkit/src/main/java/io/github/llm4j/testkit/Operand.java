package io.github.llm4j.testkit;

import io.github.llm4j.api.tensor.DType;
import io.github.llm4j.api.tensor.Shape;
import io.github.llm4j.api.tensor.TensorSpec;
import io.github.llm4j.runtime.eager.Values;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * A tensor of a test: its spec and its bytes in host memory.
 *
 * @param spec shape and type
 * @param memory its elements
 */
public record Operand(TensorSpec spec, MemorySegment memory) {

  /** These elements, rounded to the spec's type. */
  public static Operand of(TensorSpec spec, double... values) {
    MemorySegment memory = Arena.ofAuto().allocate(spec.bytes(), Long.BYTES);
    Values.write(memory, spec, values);
    return new Operand(spec, memory);
  }

  /** Zeros. */
  static Operand zeros(TensorSpec spec) {
    return new Operand(spec, Arena.ofAuto().allocate(spec.bytes(), Long.BYTES));
  }

  /** These elements in blocks of Q8_0. */
  public static Operand quantised(Shape shape, float[] values) {
    return new Operand(
        new TensorSpec(shape, DType.Q8_0), MemorySegment.ofArray(Quantise.q8(values)));
  }

  /** All elements as doubles. */
  public double[] values() {
    return Values.read(memory, spec);
  }

  /** A copy whose floats are F64, if they are of a plain type. */
  Operand wide() {
    if (spec.dtype().isFloat()) {
      return as(DType.F64);
    }
    MemorySegment copy = Arena.ofAuto().allocate(spec.bytes(), Long.BYTES);
    return new Operand(spec, copy.copyFrom(memory));
  }

  /** The same elements rounded to another type. */
  Operand as(DType type) {
    return of(spec.as(type), values());
  }
}

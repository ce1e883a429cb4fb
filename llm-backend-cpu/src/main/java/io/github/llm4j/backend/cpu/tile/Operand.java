package io.github.llm4j.backend.cpu.tile;

import io.github.llm4j.api.backend.Bindings;
import io.github.llm4j.api.tensor.DType;
import io.github.llm4j.api.tensor.TensorSpec;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/**
 * Memory of an operand or result, and its type.
 *
 * @param wanted whether it is to be written; true for operands
 * @param add whether it is to be added to
 */
record Operand(Loops loops, MemorySegment memory, DType type, boolean wanted, boolean add) {
  /** Whether elements of a type can be read and written here. */
  static boolean knows(DType type) {
    return type == DType.F32 || type == DType.BF16;
  }

  static Operand in(Loops loops, Bindings bindings, List<TensorSpec> specs, int index) {
    return new Operand(loops, bindings.input(index), specs.get(index).dtype(), true, false);
  }

  static Operand out(Loops loops, Bindings bindings, List<TensorSpec> specs, int index) {
    boolean wanted = bindings.wanted(index);
    return new Operand(
        loops,
        wanted ? bindings.output(index) : MemorySegment.NULL,
        specs.get(index).dtype(),
        wanted,
        wanted && bindings.accumulate(index));
  }

  void load(long at, float[] to, int n) {
    loops.load(memory, type, at, to, n);
  }

  void store(float[] from, long at, int n) {
    if (wanted) {
      loops.store(from, memory, type, at, n);
    }
  }

  void put(float[] from, long at, int n, float[] spare) {
    if (wanted) {
      loops.put(from, memory, type, at, n, add, spare);
    }
  }

  /** One element of F32. */
  float number(long at) {
    return memory.get(ValueLayout.JAVA_FLOAT_UNALIGNED, at * 4);
  }

  /** Writes one element of F32. */
  void number(long at, float value) {
    if (wanted) {
      memory.set(ValueLayout.JAVA_FLOAT_UNALIGNED, at * 4, value);
    }
  }

  /** One element of I32. */
  int integer(long at) {
    return memory.get(ValueLayout.JAVA_INT_UNALIGNED, at * 4);
  }
}

package io.github.llm4j.testkit;

import io.github.llm4j.api.op.Op;
import io.github.llm4j.api.tensor.DType;
import io.github.llm4j.api.tensor.TensorSpec;
import java.lang.reflect.RecordComponent;

/** The op that computes the same in F64. */
final class Wide {
  private Wide() {}

  /** The record with every float type among its components replaced by F64. */
  static Op op(Op op) {
    RecordComponent[] components = op.getClass().getRecordComponents();
    Object[] values = new Object[components.length];
    Class<?>[] types = new Class<?>[components.length];
    try {
      for (int i = 0; i < components.length; i++) {
        types[i] = components[i].getType();
        values[i] = wide(components[i].getAccessor().invoke(op));
      }
      return op.getClass().getDeclaredConstructor(types).newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(op + ": a public record expected, found one that can't be made", e);
    }
  }

  private static Object wide(Object component) {
    return switch (component) {
      case DType type when type.isFloat() -> DType.F64;
      case TensorSpec spec when spec.dtype().isFloat() -> spec.as(DType.F64);
      case Op op -> op(op);
      default -> component;
    };
  }
}

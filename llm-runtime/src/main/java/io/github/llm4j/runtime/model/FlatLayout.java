package io.github.llm4j.runtime.model;

import io.github.llm4j.api.parameter.Parameter;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Places of parameters in a flat arena, in path order. Each begins at a multiple of 32 elements, so
 * that it is aligned to a cache line in F32 and in BF16 alike; the gaps stay zero.
 */
final class FlatLayout {
  private static final int ALIGNMENT = 32;

  private final Map<String, Long> offsets = new LinkedHashMap<>();
  private final long elements;

  FlatLayout(Collection<Parameter> inPathOrder) {
    long offset = 0;
    for (Parameter parameter : inPathOrder) {
      offsets.put(parameter.path(), offset);
      offset += padded(parameter);
    }
    elements = offset;
  }

  static long padded(Parameter parameter) {
    return (parameter.shape().elements() + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }

  /** First element of a parameter. */
  long offset(Parameter parameter) {
    Long offset = offsets.get(parameter.path());
    if (offset == null) {
      throw new IllegalArgumentException("the arena holds no '" + parameter.path() + "'");
    }
    return offset;
  }

  /** Elements of the arena, gaps included. */
  long elements() {
    return elements;
  }
}

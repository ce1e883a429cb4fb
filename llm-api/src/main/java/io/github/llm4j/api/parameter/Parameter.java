package io.github.llm4j.api.parameter;

import io.github.llm4j.api.tensor.Shape;

/**
 * Something a model learns, or a constant table that it reads. It is no tensor: what a layer gets
 * by {@code pass.weight(parameter)} is the form that the precision policy answers (the F32 master,
 * its bf16 copy, a quantised form).
 *
 * @param path name in the model, as {@code blocks.3.attention.query.weight}; identity
 * @param shape its shape
 * @param role what it is for
 * @param initializer its first values
 */
public record Parameter(String path, Shape shape, Role role, Initializer initializer) {

  /** What a parameter is for. */
  public enum Role {
    /** A matrix of products and lookups: has short forms, is decayed. */
    MATRIX,
    /** A gain or bias: always in the master's type, not decayed. */
    VECTOR,
    /** A table computed from settings, as rotary angles: not learned, not saved, master's type. */
    CONSTANT
  }

  /** Whether it is learned at all. */
  public boolean learned() {
    return role != Role.CONSTANT;
  }
}

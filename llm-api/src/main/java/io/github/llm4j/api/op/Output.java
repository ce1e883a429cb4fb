package io.github.llm4j.api.op;

import io.github.llm4j.api.tensor.TensorSpec;

/**
 * A declared output of an op.
 *
 * @param spec shape and type
 * @param role what it is for
 */
public record Output(TensorSpec spec, Role role) {

  /** What an output is for. */
  public enum Role {
    /** A result through which gradients flow. */
    DIFFERENTIABLE,
    /** A by-product that the backward pass reads; not computed where nothing reads it. */
    SAVED,
    /** A result without gradient: indices, masks, updated state. */
    PLAIN
  }

  /** A result through which gradients flow. */
  public static Output of(TensorSpec spec) {
    return new Output(spec, Role.DIFFERENTIABLE);
  }

  /** A by-product for the backward pass. */
  public static Output saved(TensorSpec spec) {
    return new Output(spec, Role.SAVED);
  }

  /** A result without gradient. */
  public static Output plain(TensorSpec spec) {
    return new Output(spec, Role.PLAIN);
  }
}

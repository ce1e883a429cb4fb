package io.github.llm4j.api.layer;

import io.github.llm4j.api.tensor.DType;

/**
 * Which types a pass computes in. Masters, gradients, moments and statistics are never shorter than
 * F32.
 */
public enum Precision {
  /** Everything in single precision. */
  F32(DType.F32, DType.F32),
  /** Weights' copies, activations and products in bf16; masters and the residual stream in F32. */
  BF16(DType.BF16, DType.F32),
  /** Everything in double precision: reference backend, for gradient checks. */
  F64(DType.F64, DType.F64);

  private final DType compute;
  private final DType stream;

  Precision(DType compute, DType stream) {
    this.compute = compute;
    this.stream = stream;
  }

  /** Type of activations and of operands of products. */
  public DType compute() {
    return compute;
  }

  /** Type of the residual stream, and of masters, gradients and statistics. */
  public DType stream() {
    return stream;
  }
}

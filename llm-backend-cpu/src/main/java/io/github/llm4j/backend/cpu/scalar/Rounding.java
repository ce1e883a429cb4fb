package io.github.llm4j.backend.cpu.scalar;

import io.github.llm4j.api.tensor.DType;

/** The type in which sums are kept: F64 for F64, F32 for all shorter types. */
enum Rounding {
  /** Keeps doubles as they are. */
  DOUBLE {
    @Override
    double of(double value) {
      return value;
    }
  },
  /** Rounds to single. */
  SINGLE {
    @Override
    double of(double value) {
      return (float) value;
    }
  };

  /** A value as the sum's type holds it. */
  abstract double of(double value);

  /** Where sums over this type are kept. */
  static Rounding over(DType type) {
    return type == DType.F64 ? DOUBLE : SINGLE;
  }
}

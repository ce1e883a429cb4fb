package io.github.llm4j.testkit;

import io.github.llm4j.api.tensor.DType;
import io.github.llm4j.api.tensor.TensorSpec;

/**
 * How far results may be from those computed in double: integers not at all, floats by {@code
 * eps(dtype) sqrt(terms) c (|expected| + mean |expected|)}, and where larger values cancel by
 * {@code eps(f32) sqrt(terms) c magnitude} more. The one place for this.
 */
public final class Tolerance {
  private static final double C = 4;
  private static final double STANDS_FOR_INFINITY = 1e20;

  private Tolerance() {}

  /** Distance from 1 to the next number of a float type; 0 for integers. */
  public static double eps(DType type) {
    return switch (type) {
      case F64 -> 0x1p-52;
      case F32 -> 0x1p-23;
      case F16 -> 0x1p-10;
      case BF16 -> 0x1p-7;
      default -> 0;
    };
  }

  /**
   * Checks all elements of a result.
   *
   * @param where what is checked, for the message
   * @param spec spec of the result; its type decides
   * @param expected elements computed in double
   * @param actual elements of the result
   * @param tried how long its sums are and what it rounds on the way
   * @param more terms besides those
   * @throws AssertionError at the first element that is too far away
   */
  static void check(
      String where, TensorSpec spec, double[] expected, double[] actual, OpCase tried, long more) {
    if (expected.length != actual.length) {
      throw new AssertionError(
          where + ": " + expected.length + " elements expected, found " + actual.length);
    }
    double sums = spec.dtype().isFloat() ? Math.sqrt((double) (tried.terms() + more)) * C : 0;
    double eps = sums * Math.max(eps(spec.dtype()), eps(tried.rounding()));
    double typical = typical(expected);
    double cancelled = sums * eps(DType.wider(spec.dtype(), DType.F32)) * tried.magnitude();
    for (int i = 0; i < expected.length; i++) {
      double e = rounded(spec.dtype(), expected[i]);
      double bound = eps * (Math.abs(e) + typical) + cancelled;
      boolean same = e == actual[i] || (Double.isNaN(e) && Double.isNaN(actual[i]));
      if (!same && !(Math.abs(e - actual[i]) <= bound)) {
        throw new AssertionError(
            "%s: element %d of %s: %s within %.3g expected, found %s"
                .formatted(where, i, spec, e, bound, actual[i]));
      }
    }
  }

  /** Mean of the finite magnitudes, without those that stand for infinity. */
  static double typical(double[] values) {
    double sum = 0;
    int count = 0;
    for (double value : values) {
      if (Math.abs(value) < STANDS_FOR_INFINITY) {
        sum += Math.abs(value);
        count++;
      }
    }
    return count == 0 ? 0 : sum / count;
  }

  /** A value as a type holds it. */
  static double rounded(DType type, double value) {
    return Operand.of(TensorSpec.of(type, 1), value).values()[0];
  }
}

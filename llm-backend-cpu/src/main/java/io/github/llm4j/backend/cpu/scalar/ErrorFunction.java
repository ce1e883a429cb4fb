package io.github.llm4j.backend.cpu.scalar;

/**
 * The error function in double precision.
 *
 * <p>Abramowitz and Stegun 1964, 7.1.6 (series) for {@code |x| < 3} and 7.1.14 (continued fraction
 * of the complement) beyond.
 */
final class ErrorFunction {
  private static final double SERIES_END = 3;
  private static final double ONE_FROM = 6; // 1 - erf(6) is below half an ulp of 1
  private static final int FRACTION_TERMS = 60;

  private ErrorFunction() {}

  static double erf(double x) {
    double a = Math.abs(x);
    if (a < SERIES_END) {
      return series(x);
    }
    if (a >= ONE_FROM) {
      return Math.signum(x);
    }
    return Double.isNaN(x) ? x : Math.signum(x) * (1 - complement(a));
  }

  /**
   * {@code 2/sqrt(pi) e^(-x^2) sum of 2^n x^(2n+1) / (1 3 5 .. (2n+1))}: no term cancels another.
   */
  private static double series(double x) {
    double term = x;
    double sum = x;
    for (int n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n++) {
      term *= 2 * x * x / (2 * n + 1);
      sum += term;
    }
    return 2 / Math.sqrt(Math.PI) * StrictMath.exp(-x * x) * sum;
  }

  private static double complement(double x) {
    double tail = x;
    for (int n = FRACTION_TERMS; n > 0; n--) {
      tail = x + n / 2.0 / tail;
    }
    return StrictMath.exp(-x * x) / (Math.sqrt(Math.PI) * tail);
  }
}

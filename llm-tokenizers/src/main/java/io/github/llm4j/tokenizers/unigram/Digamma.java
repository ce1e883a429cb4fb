package io.github.llm4j.tokenizers.unigram;

/** The logarithmic derivative of the gamma function. */
final class Digamma {
  private static final double ASYMPTOTIC = 10;

  private Digamma() {}

  /**
   * psi(x) for x &gt; 0: psi(x) = psi(x + 1) - 1/x up to 10, then the asymptotic series ln x - 1/2x
   * - 1/12x^2 + 1/120x^4 - 1/252x^6 + 1/240x^8 (Abramowitz and Stegun 1964, 6.3.18).
   */
  static double of(double x) {
    double below = 0;
    double y = x;
    for (; y < ASYMPTOTIC; y++) {
      below += 1 / y;
    }
    double r = 1 / (y * y);
    double series = r * (1 / 12.0 - r * (1 / 120.0 - r * (1 / 252.0 - r / 240.0)));
    return StrictMath.log(y) - 0.5 / y - series - below;
  }
}

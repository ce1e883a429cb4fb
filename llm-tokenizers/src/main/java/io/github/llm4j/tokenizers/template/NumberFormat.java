package io.github.llm4j.tokenizers.template;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Locale;

/** Digits of numbers for {@code %} and {@code format}, without sign and padding. */
final class NumberFormat {
  private NumberFormat() {}

  /** Digits of a whole number's absolute value in one of the bases {@code d x X o b}. */
  static String integer(BigInteger value, char type, boolean prefix) {
    BigInteger absolute = value.abs();
    return switch (type) {
      case 'x' -> (prefix ? "0x" : "") + absolute.toString(16);
      case 'X' -> (prefix ? "0X" : "") + absolute.toString(16).toUpperCase(Locale.ROOT);
      case 'o' -> (prefix ? "0o" : "") + absolute.toString(8);
      case 'b' -> (prefix ? "0b" : "") + absolute.toString(2);
      default -> absolute.toString();
    };
  }

  /** Digits of a float's absolute value as one of {@code e f g} or their capitals. */
  static String real(double value, char type, int precision) {
    double absolute = Math.abs(value);
    boolean capital = Character.isUpperCase(type);
    String text;
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      text = Double.isNaN(value) ? "nan" : "inf";
    } else {
      text =
          switch (Character.toLowerCase(type)) {
            case 'f' ->
                new BigDecimal(absolute)
                    .setScale(precision, RoundingMode.HALF_EVEN)
                    .toPlainString();
            case 'e' -> scientific(absolute, precision);
            default -> general(absolute, Math.max(1, precision));
          };
    }
    return capital ? text.toUpperCase(Locale.ROOT) : text;
  }

  private static String scientific(double value, int precision) {
    if (value == 0) {
      return Floats.scientific("0".repeat(precision + 1), 0);
    }
    BigDecimal rounded = round(value, precision + 1);
    String digits = rounded.unscaledValue().toString();
    int exponent = digits.length() - 1 - rounded.scale();
    return Floats.scientific(digits + "0".repeat(precision + 1 - digits.length()), exponent);
  }

  private static BigDecimal round(double value, int digits) {
    return new BigDecimal(value).round(new java.math.MathContext(digits, RoundingMode.HALF_EVEN));
  }

  private static String general(double value, int precision) {
    if (value == 0) {
      return "0";
    }
    BigDecimal rounded = round(value, precision).stripTrailingZeros();
    String digits = rounded.unscaledValue().toString();
    int exponent = digits.length() - 1 - rounded.scale();
    return exponent < -4 || exponent >= precision
        ? Floats.scientific(digits, exponent)
        : rounded.toPlainString();
  }

  /** Digits before the point in groups of three. */
  static String grouped(String digits, char separator) {
    int end = 0;
    while (end < digits.length() && Character.isDigit(digits.charAt(end))) {
      end++;
    }
    StringBuilder out = new StringBuilder(digits);
    for (int i = end - 3; i > 0; i -= 3) {
      out.insert(i, separator);
    }
    return out.toString();
  }
}

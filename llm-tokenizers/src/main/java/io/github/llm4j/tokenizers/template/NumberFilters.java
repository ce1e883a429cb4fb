package io.github.llm4j.tokenizers.template;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/** Filters that make numbers. */
final class NumberFilters {
  private static final int LONGEST = 4300;

  private NumberFilters() {}

  static void add() {
    Filters.add("abs", (r, v, a) -> absolute(v));
    Filters.add("int", NumberFilters::integer, "default", "base");
    Filters.add("float", NumberFilters::real, "default");
    Filters.add("round", NumberFilters::round, "precision", "method");
    Filters.add("filesizeformat", NumberFilters::fileSize, "binary");
  }

  private static Object absolute(Object value) {
    Object number = Arithmetic.positive(value);
    return number instanceof Double d ? Math.abs(d) : Numbers.of(Numbers.big(number).abs());
  }

  private static Object integer(Run run, Object value, Bound arguments) {
    Object otherwise = arguments.get(0, 0L);
    if (value instanceof String text) {
      Object parsed = parse(text, arguments.integer(1, 10));
      return parsed != None.NONE ? parsed : fromReal(parseReal(text), otherwise);
    }
    if (Numbers.isInteger(value)) {
      return Numbers.plain(value);
    }
    return fromReal(value, otherwise);
  }

  private static Object fromReal(Object value, Object otherwise) {
    if (value instanceof Undefined u) {
      throw u.fault();
    }
    boolean finite = value instanceof Double d && !d.isNaN() && !d.isInfinite();
    return finite ? Numbers.truncate((Double) value) : otherwise;
  }

  /** A whole number as Python's int() reads it; None if it is none. */
  private static Object parse(String text, int base) {
    String digits = Letters.strip(text, true, true, Letters::isSpace);
    boolean negative = digits.startsWith("-");
    digits = negative || digits.startsWith("+") ? digits.substring(1) : digits;
    String lower = digits.toLowerCase(java.util.Locale.ROOT);
    int radix = base;
    for (String prefix : new String[] {"0x16", "0o8", "0b2"}) {
      int own = Integer.parseInt(prefix.substring(2));
      if (lower.startsWith(prefix.substring(0, 2)) && (base == own || base == 0)) {
        radix = own;
        digits = digits.substring(2);
      }
    }
    radix = radix == 0 ? 10 : radix;
    boolean possible = radix >= 2 && radix <= 36 && digits.length() <= LONGEST;
    if (!possible || !digits.matches("[\\p{L}\\p{Nd}]+(_[\\p{L}\\p{Nd}]+)*+")) {
      return None.NONE;
    }
    try {
      BigInteger value = new BigInteger(digits.replace("_", ""), radix);
      return Numbers.of(negative ? value.negate() : value);
    } catch (NumberFormatException e) {
      return None.NONE;
    }
  }

  private static Object real(Run run, Object value, Bound arguments) {
    Object otherwise = arguments.get(0, 0.0);
    if (value instanceof String text) {
      Object parsed = parseReal(text);
      return parsed == None.NONE ? otherwise : parsed;
    }
    if (value instanceof Undefined u) {
      throw u.fault();
    }
    return Numbers.isNumber(value) ? Numbers.real(value) : otherwise;
  }

  /** A float as Python's float() reads it; None if it is none. */
  private static Object parseReal(String text) {
    String digits = Letters.strip(text, true, true, Letters::isSpace);
    String plain = digits.toLowerCase(java.util.Locale.ROOT);
    String unsigned = plain.startsWith("-") || plain.startsWith("+") ? plain.substring(1) : plain;
    double sign = plain.startsWith("-") ? -1 : 1;
    if (unsigned.equals("inf") || unsigned.equals("infinity")) {
      return sign * Double.POSITIVE_INFINITY;
    }
    if (unsigned.equals("nan")) {
      return Double.NaN;
    }
    boolean number =
        unsigned.length() <= LONGEST
            && unsigned.matches(
                "(\\d++(_\\d++)*+)?+(\\.(\\d++(_\\d++)*+)?+)?+(e[-+]?\\d++(_\\d++)*+)?+");
    if (!number
        || unsigned.isEmpty()
        || !Character.isDigit(
            unsigned.charAt(unsigned.startsWith(".") && unsigned.length() > 1 ? 1 : 0))) {
      return None.NONE;
    }
    return sign * Double.parseDouble(unsigned.replace("_", ""));
  }

  private static Object round(Run run, Object value, Bound arguments) {
    String method = arguments.text(1, "common");
    int precision = Math.clamp(arguments.integer(0, 0), -400, 400);
    if (!Numbers.isNumber(value)) {
      throw value instanceof Undefined u ? u.fault() : Fault.expected("a number to round", value);
    }
    return switch (method) {
      case "common" -> common(value, precision);
      case "ceil", "floor" -> directed(run, value, precision, method.equals("ceil"));
      default ->
          throw Fault.expected("one of common, ceil, floor as 'method' of filter round", method);
    };
  }

  private static Object directed(Run run, Object value, int precision, boolean up) {
    Object scale = Arithmetic.apply(run, "**", 10L, (long) precision);
    double scaled = Numbers.real(Arithmetic.apply(run, "*", value, scale));
    Object whole = Numbers.truncate(up ? Math.ceil(scaled) : Math.floor(scaled));
    return Arithmetic.apply(run, "/", whole, scale);
  }

  /** Rounds the exact value; a tie goes to the even digit. */
  private static Object common(Object value, int precision) {
    if (value instanceof Double d) {
      boolean finite = !d.isNaN() && !d.isInfinite();
      double rounded =
          finite ? new BigDecimal(d).setScale(precision, RoundingMode.HALF_EVEN).doubleValue() : d;
      return rounded == 0 ? Math.copySign(rounded, d) : rounded;
    }
    BigDecimal whole = new BigDecimal(Numbers.big(value));
    return precision >= 0
        ? Numbers.plain(value)
        : Numbers.of(whole.setScale(precision, RoundingMode.HALF_EVEN).toBigInteger());
  }

  private static Object fileSize(Run run, Object value, Bound arguments) {
    Object number = value instanceof String text ? parseReal(text) : value;
    double bytes = Numbers.real(number);
    boolean binary = arguments.truth(0, false);
    double base = binary ? 1024 : 1000;
    if (bytes == 1) {
      return "1 Byte";
    }
    if (bytes < base) {
      return Numbers.truncate(bytes) + " Bytes";
    }
    String letters = binary ? "KMGTPEZY" : "kMGTPEZY";
    double unit = base;
    int at = 0;
    while (bytes >= unit * base && at < letters.length() - 1) {
      unit *= base;
      at++;
    }
    return NumberFormat.real(bytes / unit, 'f', 1)
        + " "
        + letters.charAt(at)
        + (binary ? "iB" : "B");
  }
}

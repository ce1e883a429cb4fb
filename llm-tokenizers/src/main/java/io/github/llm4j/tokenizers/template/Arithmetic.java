package io.github.llm4j.tokenizers.template;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/** Python's arithmetic operators on numbers, texts and lists. */
final class Arithmetic {
  private Arithmetic() {}

  static Object apply(Run run, String operator, Object a, Object b) {
    if (a instanceof Undefined u) {
      throw u.fault();
    }
    if (operator.equals("%") && a instanceof String format) {
      return PercentFormat.apply(run, format, b);
    }
    if (b instanceof Undefined u) {
      throw u.fault();
    }
    if (Numbers.isNumber(a) && Numbers.isNumber(b)) {
      return numbers(operator, Numbers.plain(a), Numbers.plain(b));
    }
    Object joined =
        switch (operator) {
          case "+" -> add(run, a, b);
          case "*" -> repeat(run, a, b);
          default -> None.NONE;
        };
    if (joined == None.NONE) {
      throw new Fault(
          "two numbers%s expected for %s, found %s and %s."
              .formatted(
                  operator.equals("+") ? ", two texts or two lists" : "",
                  operator,
                  Kinds.show(a),
                  Kinds.show(b)));
    }
    return joined;
  }

  private static Object add(Run run, Object a, Object b) {
    if (a instanceof String s && b instanceof String t) {
      run.room((long) s.length() + t.length());
      return s + t;
    }
    boolean lists = a instanceof List<?> && b instanceof List<?>;
    if (!lists || a instanceof Range || b instanceof Range) {
      return None.NONE;
    }
    if (a instanceof Tuple != b instanceof Tuple) {
      return None.NONE;
    }
    List<Object> both = new ArrayList<>((List<?>) a);
    both.addAll((List<?>) b);
    run.room(both.size());
    return a instanceof Tuple ? new Tuple(both) : both;
  }

  private static Object repeat(Run run, Object a, Object b) {
    if (Numbers.isInteger(a)) {
      return Numbers.isInteger(b) ? None.NONE : repeat(run, b, a);
    }
    if (!Numbers.isInteger(b)) {
      return None.NONE;
    }
    int times = Math.max(0, Numbers.clamp(b));
    if (a instanceof String s) {
      run.room((long) s.length() * times);
      return s.repeat(s.isEmpty() ? 0 : times);
    }
    if (!(a instanceof List<?> list) || a instanceof Range) {
      return None.NONE;
    }
    run.room((long) list.size() * times);
    List<Object> all = new ArrayList<>();
    for (int i = 0; i < times && !list.isEmpty(); i++) {
      all.addAll(list);
    }
    return a instanceof Tuple ? new Tuple(all) : all;
  }

  private static Object numbers(String operator, Object a, Object b) {
    boolean whole = !(a instanceof Double) && !(b instanceof Double);
    return switch (operator) {
      case "+" ->
          whole
              ? Numbers.of(Numbers.big(a).add(Numbers.big(b)))
              : (Object) (Numbers.real(a) + Numbers.real(b));
      case "-" ->
          whole
              ? Numbers.of(Numbers.big(a).subtract(Numbers.big(b)))
              : (Object) (Numbers.real(a) - Numbers.real(b));
      case "*" ->
          whole
              ? Numbers.of(Numbers.big(a).multiply(Numbers.big(b)))
              : (Object) (Numbers.real(a) * Numbers.real(b));
      case "/" -> whole ? ratio(Numbers.big(a), Numbers.big(b)) : Numbers.real(a) / divisor(b);
      case "//" -> whole ? floorDivide(a, b) : floorDivide(Numbers.real(a), divisor(b));
      case "%" -> whole ? modulo(a, b) : modulo(Numbers.real(a), divisor(b));
      default -> whole ? power(a, b) : power(Numbers.real(a), Numbers.real(b));
    };
  }

  private static double divisor(Object b) {
    if (Numbers.real(b) == 0) {
      throw byZero();
    }
    return Numbers.real(b);
  }

  private static Fault byZero() {
    return new Fault("a divisor other than 0 expected, found 0.");
  }

  private static Object ratio(BigInteger a, BigInteger b) {
    if (b.signum() == 0) {
      throw byZero();
    }
    if (a.bitLength() <= 53 && b.bitLength() <= 53) {
      return a.doubleValue() / b.doubleValue();
    }
    // 60 digits are far more than a double holds, so rounding twice can't be seen.
    double ratio = new BigDecimal(a).divide(new BigDecimal(b), new MathContext(60)).doubleValue();
    if (Double.isInfinite(ratio)) {
      throw new Fault("a quotient that fits a float expected, found a larger one.");
    }
    return ratio;
  }

  private static Object floorDivide(Object a, Object b) {
    if (Numbers.big(b).signum() == 0) {
      throw byZero();
    }
    BigInteger[] parts = Numbers.big(a).divideAndRemainder(Numbers.big(b));
    boolean down = parts[1].signum() != 0 && parts[1].signum() != Numbers.big(b).signum();
    return Numbers.of(down ? parts[0].subtract(BigInteger.ONE) : parts[0]);
  }

  private static Object modulo(Object a, Object b) {
    if (Numbers.big(b).signum() == 0) {
      throw byZero();
    }
    BigInteger rest = Numbers.big(a).remainder(Numbers.big(b));
    boolean other = rest.signum() != 0 && rest.signum() != Numbers.big(b).signum();
    return Numbers.of(other ? rest.add(Numbers.big(b)) : rest);
  }

  private static double modulo(double a, double b) {
    double rest = a % b;
    if (rest == 0) {
      return Math.copySign(0, b);
    }
    return rest < 0 != b < 0 ? rest + b : rest;
  }

  /** Subtracts the remainder first, as Python does, so that {@code a == a // b * b + a % b}. */
  private static double floorDivide(double a, double b) {
    double quotient = (a - a % b) / b;
    if (a % b != 0 && a % b < 0 != b < 0) {
      quotient -= 1;
    }
    if (quotient == 0) {
      return Math.copySign(0, a / b);
    }
    double floor = Math.floor(quotient);
    return quotient - floor > 0.5 ? floor + 1 : floor;
  }

  private static Object power(Object a, Object b) {
    BigInteger base = Numbers.big(a);
    if (Numbers.big(b).signum() < 0) {
      return power(Numbers.real(a), Numbers.real(b));
    }
    int exponent = Numbers.clamp(b);
    boolean small = base.bitLength() < 2;
    if (!small) {
      Numbers.room((base.bitLength() - 1L) * exponent);
      return Numbers.of(base.pow(exponent));
    }
    // -2, -1, 0 and 1 have at most one bit: only -2 grows.
    if (base.intValue() == -2) {
      Numbers.room(exponent);
      return Numbers.of(base.pow(exponent));
    }
    boolean even = !Numbers.big(b).testBit(0);
    return base.signum() < 0 && even || exponent == 0 ? 1L : Numbers.of(base);
  }

  private static double power(double a, double b) {
    if (a == 0 && b < 0) {
      throw byZero();
    }
    double power = Math.pow(a, b);
    if (Double.isNaN(power) && !Double.isNaN(a) && !Double.isNaN(b)) {
      throw new Fault("a real number as power expected, found a complex one.");
    }
    if (Double.isInfinite(power) && !Double.isInfinite(a) && !Double.isInfinite(b)) {
      throw new Fault("a power that fits a float expected, found a larger one.");
    }
    return power;
  }

  static Object negate(Object value) {
    return switch (Numbers.plain(value)) {
      case Double d -> -d;
      case Undefined u -> throw u.fault();
      case Long l when l != Long.MIN_VALUE -> -l;
      default -> Numbers.of(Numbers.big(value).negate());
    };
  }

  static Object positive(Object value) {
    if (value instanceof Undefined u) {
      throw u.fault();
    }
    if (!Numbers.isNumber(value)) {
      throw Fault.expected("a number", value);
    }
    return Numbers.plain(value);
  }
}

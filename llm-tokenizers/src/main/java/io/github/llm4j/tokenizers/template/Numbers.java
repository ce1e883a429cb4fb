package io.github.llm4j.tokenizers.template;

import java.math.BigDecimal;
import java.math.BigInteger;

/** Python's whole numbers of any size, its floats, and its booleans, which count as numbers. */
final class Numbers {
  /** Python prints no whole number of more than 4300 digits. */
  private static final int BITS = 14_284;

  private static final double EXACT = 0x1p53;

  private Numbers() {}

  static boolean isNumber(Object value) {
    return value instanceof Double || isInteger(value);
  }

  static boolean isInteger(Object value) {
    return value instanceof Long || value instanceof Boolean || value instanceof BigInteger;
  }

  /** A boolean as the number that Python takes it for; anything else as it is. */
  static Object plain(Object value) {
    return value instanceof Boolean b ? (b ? 1L : 0L) : value;
  }

  static BigInteger big(Object integer) {
    return switch (plain(integer)) {
      case Long l -> BigInteger.valueOf(l);
      case BigInteger i -> i;
      default -> throw Fault.expected("a whole number", integer);
    };
  }

  static double real(Object number) {
    return switch (plain(number)) {
      case Long l -> l;
      case BigInteger i -> i.doubleValue();
      case Double d -> d;
      default -> throw Fault.expected("a number", number);
    };
  }

  /** The smallest form of a whole number: a Long if it fits. */
  static Object of(BigInteger value) {
    if (value.bitLength() < Long.SIZE) {
      return value.longValue();
    }
    room(value.bitLength());
    return value;
  }

  static void room(long bits) {
    if (bits > BITS) {
      throw new Fault(
          "a whole number of at most %d bits expected, found one of %d.".formatted(BITS, bits));
    }
  }

  /** A whole number as an int, the nearest one if it doesn't fit. */
  static int clamp(Object integer) {
    return switch (plain(integer)) {
      case Long l -> Math.clamp(l, Integer.MIN_VALUE, Integer.MAX_VALUE);
      case BigInteger i -> i.signum() < 0 ? Integer.MIN_VALUE : Integer.MAX_VALUE;
      default -> throw Fault.expected("a whole number", integer);
    };
  }

  /** Whole part of a float. */
  static Object truncate(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      throw Fault.expected("a finite number", value);
    }
    return of(new BigDecimal(value).toBigInteger());
  }

  /** Whether one of two numbers is not a number, which is neither less, equal, nor greater. */
  static boolean unordered(Object a, Object b) {
    return a instanceof Double x && x.isNaN() || b instanceof Double y && y.isNaN();
  }

  /** Compares two numbers by their exact values. */
  static int compare(Object first, Object second) {
    Object a = plain(first);
    Object b = plain(second);
    if (a instanceof Long x && b instanceof Long y) {
      return Long.compare(x, y);
    }
    if (!(a instanceof Double) && !(b instanceof Double)) {
      return big(a).compareTo(big(b));
    }
    double x = real(a);
    double y = real(b);
    boolean finite =
        !(a instanceof Double p && p.isInfinite() || b instanceof Double q && q.isInfinite());
    if (finite && Math.abs(x) >= EXACT && Math.abs(y) >= EXACT) {
      return exact(a).compareTo(exact(b));
    }
    return x == y ? 0 : Double.compare(x, y);
  }

  private static BigDecimal exact(Object number) {
    return number instanceof Double d ? new BigDecimal(d) : new BigDecimal(big(number));
  }
}

package io.github.llm4j.tokenizers.template;

import java.math.BigInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands behind the colon of a format's field: {@code [fill]align sign # 0 width , .precision
 * type}.
 */
final class FormatSpecification {
  private static final Pattern PARTS =
      Pattern.compile(
          "(?:(.)?([<>=^]))?([-+ ])?(#)?(0)?(\\d{0,6})([,_])?(?:\\.(\\d{1,6}))?([a-zA-Z%])?",
          Pattern.DOTALL);

  private FormatSpecification() {}

  static String apply(Run run, Object value, String specification) {
    if (specification.isEmpty()) {
      return Printer.text(run, value);
    }
    Matcher parts = PARTS.matcher(specification);
    if (!parts.matches()) {
      throw Fault.expected("[[fill]align][sign][#][0][width][,][.precision][type]", specification);
    }
    String type = or(parts.group(9), "");
    boolean number = Numbers.isNumber(value) && !(value instanceof Boolean && type.isEmpty());
    boolean zero = parts.group(5) != null;
    String align = or(parts.group(2), number ? (zero ? "=" : ">") : "<");
    String fill = or(parts.group(1), zero ? "0" : " ");
    int width = parts.group(6).isEmpty() ? 0 : Integer.parseInt(parts.group(6));
    String precision = or(parts.group(8), "");
    String sign = "";
    String body;
    if (number) {
      boolean negative =
          Numbers.real(value) < 0 || value instanceof Double d && d == 0 && 1 / d < 0;
      String plus = or(parts.group(3), "-");
      sign = negative ? "-" : plus.equals("-") ? "" : plus;
      body = digits(value, type, precision, parts.group(4) != null);
      String group = parts.group(7);
      body = group == null ? body : NumberFormat.grouped(body, group.charAt(0));
    } else {
      boolean numeric = align.equals("=") || parts.group(3) != null || parts.group(7) != null;
      if (numeric || !type.isEmpty() && !type.equals("s")) {
        throw Fault.expected("a number for the format '" + specification + "'", value);
      }
      if (!(value instanceof String) && !(value instanceof Boolean)) {
        throw Fault.expected("a text or number for the format '" + specification + "'", value);
      }
      body = Printer.text(run, value);
      if (!precision.isEmpty()) {
        int kept = Math.min(Integer.parseInt(precision), body.codePointCount(0, body.length()));
        body = body.substring(0, body.offsetByCodePoints(0, kept));
      }
    }
    return pad(sign, body, width, align, fill);
  }

  private static String or(@org.jspecify.annotations.Nullable String text, String otherwise) {
    return text == null ? otherwise : text;
  }

  private static String digits(Object value, String type, String precision, boolean prefix) {
    char kind = type.isEmpty() ? ' ' : type.charAt(0);
    boolean whole = Numbers.isInteger(value);
    if (whole && " dnxXob".indexOf(kind) >= 0 && precision.isEmpty()) {
      BigInteger integer = Numbers.big(value);
      return NumberFormat.integer(integer, kind == ' ' || kind == 'n' ? 'd' : kind, prefix);
    }
    double real = Numbers.real(value);
    int digits = precision.isEmpty() ? 6 : Integer.parseInt(precision);
    if (!whole && kind == ' ') {
      if (precision.isEmpty()) {
        return Floats.text(Math.abs(real));
      }
      String text = NumberFormat.real(real, 'g', digits);
      return text.indexOf('.') < 0 && text.indexOf('e') < 0 ? text + ".0" : text;
    }
    if (kind == '%') {
      return NumberFormat.real(real * 100, 'f', digits) + "%";
    }
    if ("eEfFgG".indexOf(kind) < 0) {
      throw Fault.expected("a format for this kind of number", type);
    }
    return NumberFormat.real(real, kind, digits);
  }

  private static String pad(String sign, String body, int width, String align, String fill) {
    int missing = width - sign.length() - body.codePointCount(0, body.length());
    if (missing <= 0) {
      return sign + body;
    }
    return switch (align) {
      case "<" -> sign + body + fill.repeat(missing);
      case "^" -> fill.repeat(missing / 2) + sign + body + fill.repeat(missing - missing / 2);
      case "=" -> sign + fill.repeat(missing) + body;
      default -> fill.repeat(missing) + sign + body;
    };
  }
}

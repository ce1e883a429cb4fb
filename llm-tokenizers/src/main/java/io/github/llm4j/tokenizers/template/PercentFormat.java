package io.github.llm4j.tokenizers.template;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;

/** Python's {@code 'text %s' % values}. */
final class PercentFormat {
  private static final int LARGEST = 1_000_000;

  private final Run run;
  private final String format;
  private final Object values;
  private final StringBuilder out = new StringBuilder();
  private int at;
  private int used;

  private PercentFormat(Run run, String format, Object values) {
    this.run = run;
    this.format = format;
    this.values = values;
  }

  static String apply(Run run, String format, Object values) {
    return new PercentFormat(run, format, values).format();
  }

  private String format() {
    while (at < format.length()) {
      int percent = format.indexOf('%', at);
      if (percent < 0) {
        break;
      }
      out.append(format, at, percent);
      at = percent + 1;
      directive();
      run.step();
      run.fits(out.length());
    }
    out.append(format, Math.min(at, format.length()), format.length());
    boolean tuple = values instanceof Tuple;
    int given = tuple ? ((Tuple) values).size() : 1;
    boolean spare = values instanceof Map<?, ?> || values instanceof List<?> && !tuple;
    if (used < given && !spare) {
      throw new Fault("%d values expected by '%s', found %d.".formatted(used, short_(), given));
    }
    run.room(out.length());
    return out.toString();
  }

  private String short_() {
    return format.length() <= 40 ? format : format.substring(0, 40) + "…";
  }

  private void directive() {
    Object value = null;
    if (peek() == '(') {
      int close = format.indexOf(')', at);
      if (close < 0 || !(values instanceof Map<?, ?> map)) {
        throw new Fault(
            "a mapping of values and %%(name)s expected, found '%s'.".formatted(short_()));
      }
      String key = format.substring(at + 1, close);
      value = map.get(key);
      if (value == null) {
        throw new Fault("a value for %%(%s) expected, found none.".formatted(key));
      }
      at = close + 1;
    }
    int flags = at;
    while ("-+ #0".indexOf(peek()) >= 0) {
      at++;
    }
    String flag = format.substring(flags, at);
    int width = number();
    int precision = -1;
    boolean left = flag.contains("-");
    if (width < 0) {
      left = true;
      width = -width;
    }
    if (peek() == '.') {
      at++;
      precision = Math.max(0, number());
    }
    while ("hlL".indexOf(peek()) >= 0) {
      at++;
    }
    char type = peek();
    at++;
    if (type == '%') {
      out.append('%');
      return;
    }
    String body = body(type, value == null ? next() : value, flag, precision);
    pad(body, width, left, flag.contains("0") && "diufFeEgGxXo".indexOf(type) >= 0);
  }

  private char peek() {
    if (at >= format.length()) {
      throw new Fault("a whole %% directive expected, found the end of '%s'.".formatted(short_()));
    }
    return format.charAt(at);
  }

  private int number() {
    if (peek() == '*') {
      at++;
      Object value = next();
      if (!Numbers.isInteger(value)) {
        throw Fault.expected("a whole number for *", value);
      }
      return Math.clamp(Numbers.clamp(value), -LARGEST, LARGEST);
    }
    int value = 0;
    while (peek() >= '0' && peek() <= '9') {
      value = Math.min(LARGEST, value * 10 + (peek() - '0'));
      at++;
    }
    return value;
  }

  private Object next() {
    List<?> all = values instanceof Tuple t ? t : List.of(values);
    if (used >= all.size()) {
      throw new Fault("more values expected by '%s', found %d.".formatted(short_(), all.size()));
    }
    return all.get(used++);
  }

  private String body(char type, Object value, String flag, int precision) {
    return switch (type) {
      case 's', 'r', 'a' -> text(type, value, precision);
      case 'c' -> character(value);
      case 'd', 'i', 'u', 'x', 'X', 'o' -> integer(type, value, flag, precision);
      case 'e', 'E', 'f', 'F', 'g', 'G' -> real(type, value, flag, precision);
      default ->
          throw new Fault(
              "one of %%s %%r %%d %%f %%g %%e %%x %%o %%c expected, found %%%s.".formatted(type));
    };
  }

  private String text(char type, Object value, int precision) {
    String text = type == 's' ? Printer.text(run, value) : Printer.repr(run, value);
    boolean whole = precision < 0 || precision >= text.codePointCount(0, text.length());
    return whole ? text : text.substring(0, text.offsetByCodePoints(0, precision));
  }

  private static String character(Object value) {
    if (value instanceof String s && s.codePointCount(0, s.length()) == 1) {
      return s;
    }
    int point = Numbers.isInteger(value) ? Numbers.clamp(value) : -1;
    if (!Character.isValidCodePoint(point)) {
      throw Fault.expected("a character for %c", value);
    }
    return Character.toString(point);
  }

  private static String integer(char type, Object value, String flag, int precision) {
    BigInteger whole = Numbers.big(whole(type, value));
    String digits = NumberFormat.integer(whole, type, flag.contains("#"));
    String zeros = "0".repeat(Math.max(0, precision - digits.length()));
    return sign(whole.signum() < 0, flag) + zeros + digits;
  }

  private static String real(char type, Object value, String flag, int precision) {
    if (!Numbers.isNumber(value)) {
      throw Fault.expected("a number for %" + type, value);
    }
    double real = Numbers.real(value);
    boolean negative = real < 0 || real == 0 && 1 / real < 0;
    return sign(negative, flag) + NumberFormat.real(real, type, precision < 0 ? 6 : precision);
  }

  private static Object whole(char type, Object value) {
    if (value instanceof Double d && "diu".indexOf(type) >= 0) {
      return Numbers.truncate(d);
    }
    if (!Numbers.isInteger(value)) {
      throw Fault.expected("a whole number for %" + type, value);
    }
    return value;
  }

  private static String sign(boolean negative, String flag) {
    return negative ? "-" : flag.contains("+") ? "+" : flag.contains(" ") ? " " : "";
  }

  private void pad(String body, int width, boolean left, boolean zeros) {
    int missing = Math.max(0, width - body.codePointCount(0, body.length()));
    if (left) {
      out.append(body).repeat(' ', missing);
    } else if (zeros) {
      int sign = body.startsWith("-") || body.startsWith("+") || body.startsWith(" ") ? 1 : 0;
      out.append(body, 0, sign).repeat('0', missing).append(body, sign, body.length());
    } else {
      out.repeat(' ', missing).append(body);
    }
  }
}

package io.github.llm4j.tokenizers.template;

/** What a text in quotes means: Python's escapes; a backslash before anything else stays. */
final class StringLiteral {
  private StringLiteral() {}

  static String unescape(String literal, int line) {
    if (literal.indexOf('\\') < 0) {
      return literal;
    }
    StringBuilder out = new StringBuilder(literal.length());
    for (int i = 0; i < literal.length(); i++) {
      char c = literal.charAt(i);
      if (c != '\\') {
        out.append(c);
        continue;
      }
      char escape = literal.charAt(++i);
      switch (escape) {
        case '\n' -> {}
        case '\\', '\'', '"' -> out.append(escape);
        case 'a' -> out.append('\u0007');
        case 'b' -> out.append('\b');
        case 'f' -> out.append('\f');
        case 'n' -> out.append('\n');
        case 'r' -> out.append('\r');
        case 't' -> out.append('\t');
        case 'v' -> out.append('\u000b');
        case 'x' -> i = hexadecimal(literal, i, 2, out, line);
        case 'u' -> i = hexadecimal(literal, i, 4, out, line);
        case 'U' -> i = hexadecimal(literal, i, 8, out, line);
        case 'N' -> i = named(literal, i, out, line);
        case '0', '1', '2', '3', '4', '5', '6', '7' -> i = octal(literal, i, out);
        default -> out.append('\\').append(escape);
      }
    }
    return out.toString();
  }

  private static int hexadecimal(String literal, int at, int digits, StringBuilder out, int line) {
    long value = 0;
    for (int i = at + 1; i <= at + digits; i++) {
      int digit =
          i < literal.length() && literal.charAt(i) < 128
              ? Character.digit(literal.charAt(i), 16)
              : -1;
      if (digit < 0) {
        throw new Syntax(
            line,
            "%d hexadecimal digits expected behind \\%s, found fewer."
                .formatted(digits, literal.charAt(at)));
      }
      value = value * 16 + digit;
    }
    if (value > Character.MAX_CODE_POINT) {
      throw new Syntax(line, "a code point up to 10FFFF expected, found %X.".formatted(value));
    }
    out.appendCodePoint((int) value);
    return at + digits;
  }

  private static int named(String literal, int at, StringBuilder out, int line) {
    int close = literal.startsWith("{", at + 1) ? literal.indexOf('}', at) : -1;
    try {
      out.appendCodePoint(
          Character.codePointOf(literal.substring(at + 2, Math.max(at + 2, close))));
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new Syntax(
          line, "the name of a character expected behind \\N, found none that is known.");
    }
    return close;
  }

  private static int octal(String literal, int at, StringBuilder out) {
    int value = 0;
    int end = at;
    while (end < literal.length()
        && end < at + 3
        && literal.charAt(end) >= '0'
        && literal.charAt(end) <= '7') {
      value = value * 8 + literal.charAt(end++) - '0';
    }
    out.append((char) value);
    return end - 1;
  }
}

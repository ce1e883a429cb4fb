package io.github.llm4j.tokenizers.template;

import java.math.BigInteger;
import java.util.List;

/** Reads one token inside a tag. */
final class TokenScanner {
  private static final List<String> TWO = List.of("//", "**", "==", "!=", ">=", "<=");
  private static final String ONE = "+-/*%~[](){}><=.:|,;";
  private static final int LONGEST_NUMBER = 4300;

  private final String source;
  private final int start;
  private final int line;
  private int at;

  TokenScanner(String source, int start, int line) {
    this.source = source;
    this.start = start;
    this.line = line;
    this.at = start;
  }

  /** Where the token ends. */
  int end() {
    return at;
  }

  Token next() {
    int c = source.codePointAt(at);
    if (c >= '0' && c <= '9') {
      return number();
    }
    if (c == '\'' || c == '"') {
      return string((char) c);
    }
    if (isWord(c)) {
      return name();
    }
    String two = source.substring(at, Math.min(source.length(), at + 2));
    if (TWO.contains(two)) {
      at += 2;
      return new Token(TokenKind.OPERATOR, two, line);
    }
    if (ONE.indexOf(c) < 0) {
      throw new Syntax(
          line, "a name, value or operator expected, found '%s'.".formatted(Character.toString(c)));
    }
    at++;
    return new Token(TokenKind.OPERATOR, Character.toString(c), line);
  }

  private static boolean isWord(int c) {
    return c == '_'
        || Character.isLetterOrDigit(c)
        || c > 127 && Character.isUnicodeIdentifierPart(c);
  }

  private Token name() {
    if (!Character.isUnicodeIdentifierStart(source.codePointAt(at)) && source.charAt(at) != '_') {
      throw new Syntax(
          line,
          "a name expected, found '%s'.".formatted(Character.toString(source.codePointAt(at))));
    }
    while (at < source.length() && isWord(source.codePointAt(at))) {
      at += Character.charCount(source.codePointAt(at));
    }
    return new Token(TokenKind.NAME, source.substring(start, at), line);
  }

  private Token string(char quote) {
    int end = at + 1;
    while (end < source.length() && source.charAt(end) != quote) {
      end += source.charAt(end) == '\\' ? 2 : 1;
    }
    if (end >= source.length()) {
      throw new Syntax(
          line, "a closing %s expected, found the end of the template.".formatted(quote));
    }
    at = end + 1;
    return new Token(
        TokenKind.STRING, StringLiteral.unescape(source.substring(start + 1, end), line), line);
  }

  private Token number() {
    String digits = prefixed("bB", 2);
    digits = digits.isEmpty() ? prefixed("oO", 8) : digits;
    digits = digits.isEmpty() ? prefixed("xX", 16) : digits;
    if (!digits.isEmpty()) {
      int radix =
          "bB".indexOf(source.charAt(start + 1)) >= 0
              ? 2
              : "oO".indexOf(source.charAt(start + 1)) >= 0 ? 8 : 16;
      return integer(new BigInteger(digits.replace("_", ""), radix));
    }
    at = digits(start, 10);
    boolean real = start == 0 || source.charAt(start - 1) != '.';
    int end = real ? fraction(at) : at;
    if (end > at) {
      at = end;
      String text = source.substring(start, at);
      return new Token(TokenKind.NUMBER, text, Double.valueOf(text.replace("_", "")), line);
    }
    if (source.charAt(start) == '0') {
      // Python has no numbers with leading zeros: only zeros belong to this one.
      at = start + 1;
      while (at < source.length() && (source.charAt(at) == '0' || source.startsWith("_0", at))) {
        at++;
      }
    }
    return integer(new BigInteger(source.substring(start, checked(at)).replace("_", "")));
  }

  private int checked(int end) {
    if (end - start > LONGEST_NUMBER) {
      throw new Syntax(
          line,
          "a number of at most %d digits expected, found %d."
              .formatted(LONGEST_NUMBER, end - start));
    }
    return end;
  }

  private Token integer(BigInteger value) {
    return new Token(TokenKind.NUMBER, source.substring(start, at), Numbers.of(value), line);
  }

  /** Digits behind 0x and its like; empty if there are none. */
  private String prefixed(String letters, int radix) {
    boolean prefix =
        source.charAt(start) == '0'
            && start + 1 < source.length()
            && letters.indexOf(source.charAt(start + 1)) >= 0;
    int from = start + 2;
    int end =
        prefix
            ? digits(from < source.length() && source.charAt(from) == '_' ? from + 1 : from, radix)
            : 0;
    if (!prefix || end <= from || Character.digit(source.charAt(end - 1), radix) < 0) {
      return "";
    }
    at = checked(end);
    return source.substring(from, end);
  }

  /** Where digits end that may have single underscores between them. */
  private int digits(int from, int radix) {
    int end = from;
    while (end < source.length()) {
      boolean underscore = source.charAt(end) == '_' && end > from && end + 1 < source.length();
      int next = underscore ? end + 1 : end;
      if (source.charAt(next) > 127 || Character.digit(source.charAt(next), radix) < 0) {
        break;
      }
      end = next + 1;
    }
    return end;
  }

  /** Where a fraction or exponent ends that begins here; here if there is none. */
  private int fraction(int from) {
    int end = from;
    if (end + 1 < source.length() && source.charAt(end) == '.') {
      int digits = digits(end + 1, 10);
      if (digits == end + 1) {
        return from;
      }
      end = digits;
    }
    if (end + 1 < source.length() && (source.charAt(end) == 'e' || source.charAt(end) == 'E')) {
      int sign = source.charAt(end + 1) == '-' || source.charAt(end + 1) == '+' ? 1 : 0;
      int digits = digits(end + 1 + sign, 10);
      end = digits > end + 1 + sign ? digits : end;
    }
    return checked(end);
  }
}

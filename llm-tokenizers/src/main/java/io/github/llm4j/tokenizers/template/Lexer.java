package io.github.llm4j.tokenizers.template;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Cuts a template into tokens, with Jinja's {@code trim_blocks} and {@code lstrip_blocks} on: a
 * line break right behind a tag goes, blanks between a line's begin and a tag go. One line break at
 * the end of the template goes, too. Linear time.
 */
final class Lexer {
  private final String source;
  private final List<Token> tokens = new ArrayList<>();
  private final Deque<Character> open = new ArrayDeque<>();
  private int at;
  private int line = 1;
  private int counted;

  /** Whether a line begins where the current text begins. */
  private boolean lineStart = true;

  private Lexer(String source) {
    String lines = source.replace("\r\n", "\n").replace('\r', '\n');
    this.source = lines.endsWith("\n") ? lines.substring(0, lines.length() - 1) : lines;
  }

  static List<Token> tokens(String source) {
    return new Lexer(source).run();
  }

  private List<Token> run() {
    while (at < source.length()) {
      int begin = begin(at);
      if (begin < 0) {
        text(at, source.length());
        at = source.length();
        break;
      }
      int from = at;
      char kind = source.charAt(begin + 1);
      at = begin + 2;
      char sign = sign();
      int end = stripped(from, begin, sign, kind == '{');
      text(from, end);
      switch (kind) {
        case '#' -> comment();
        case '{' -> inside(TokenKind.OUTPUT_BEGIN, TokenKind.OUTPUT_END, "}}");
        default -> {
          if (!raw()) {
            inside(TokenKind.TAG_BEGIN, TokenKind.TAG_END, "%}");
          }
        }
      }
    }
    tokens.add(new Token(TokenKind.END, "", line(source.length())));
    return tokens;
  }

  private int begin(int from) {
    for (int i = source.indexOf('{', from); i >= 0; i = source.indexOf('{', i + 1)) {
      char next = i + 1 < source.length() ? source.charAt(i + 1) : ' ';
      if (next == '{' || next == '%' || next == '#') {
        return i;
      }
    }
    return -1;
  }

  /** The whitespace control at this place, or a blank. */
  private char sign() {
    boolean sign = at < source.length() && (source.charAt(at) == '-' || source.charAt(at) == '+');
    return sign ? source.charAt(at++) : ' ';
  }

  /** Where a text ends before a tag, when its blanks are taken off. */
  private int stripped(int from, int to, char sign, boolean output) {
    int end = to;
    while (end > from
        && Letters.isSpace(source.charAt(end - 1))
        && (sign == '-' || source.charAt(end - 1) != '\n')) {
      end--;
    }
    boolean begins = end == from ? lineStart : source.charAt(end - 1) == '\n';
    return sign == '-' || sign == ' ' && !output && begins ? end : to;
  }

  private void text(int from, int to) {
    if (to > from) {
      tokens.add(new Token(TokenKind.TEXT, source.substring(from, to), line(from)));
    }
  }

  private int line(int position) {
    while (counted < position) {
      line += source.charAt(counted++) == '\n' ? 1 : 0;
    }
    return line;
  }

  private void comment() {
    int begin = at;
    int end = source.indexOf("#}", at);
    if (end < 0) {
      throw new Syntax(line(begin), "'#}' expected behind '{#', found the end of the template.");
    }
    char sign = end > begin ? source.charAt(end - 1) : ' ';
    at = end + 2;
    behind(sign, true);
  }

  /** Skips what whitespace control takes off behind a tag. */
  private void behind(char sign, boolean trim) {
    if (sign == '-') {
      while (at < source.length() && Letters.isSpace(source.charAt(at))) {
        at++;
      }
    } else if (trim && sign != '+' && at < source.length() && source.charAt(at) == '\n') {
      at++;
    }
    lineStart = source.charAt(at - 1) == '\n';
  }

  private int blanks(int from) {
    int i = from;
    while (i < source.length() && Letters.isSpace(source.charAt(i))) {
      i++;
    }
    return i;
  }

  /** A raw block, whose text is no template; false if there is none. */
  private boolean raw() {
    int word = blanks(at);
    int close = source.startsWith("raw", word) ? blanks(word + 3) : -1;
    boolean minus = close >= 0 && source.startsWith("-%}", close);
    if (close < 0 || !minus && !source.startsWith("%}", close)) {
      return false;
    }
    int begin = at;
    at = close + (minus ? 3 : 2);
    behind(minus ? '-' : '+', false);
    int from = at;
    for (int i = source.indexOf("{%", at); i >= 0; i = source.indexOf("{%", i + 1)) {
      at = i + 2;
      char sign = sign();
      int name = blanks(at);
      int end = source.startsWith("endraw", name) ? blanks(name + 6) : source.length();
      boolean signed = end < source.length() && source.charAt(end) != '%';
      if (source.startsWith("%}", end)
          || signed && "+-".indexOf(source.charAt(end)) >= 0 && source.startsWith("%}", end + 1)) {
        text(from, stripped(from, i, sign, false));
        at = end + (signed ? 3 : 2);
        behind(signed ? source.charAt(end) : ' ', true);
        return true;
      }
    }
    throw new Syntax(line(begin), "'{% endraw %}' expected, found the end of the template.");
  }

  private void inside(TokenKind begin, TokenKind end, String close) {
    tokens.add(new Token(begin, "", line(at)));
    open.clear();
    while (true) {
      at = blanks(at);
      if (at >= source.length()) {
        throw new Syntax(
            line(source.length()), "'" + close + "' expected, found the end of the template.");
      }
      if (open.isEmpty() && closed(end, close)) {
        return;
      }
      TokenScanner scanner = new TokenScanner(source, at, line(at));
      Token token = scanner.next();
      if (token.kind() == TokenKind.OPERATOR) {
        balance(token);
      }
      tokens.add(token);
      at = scanner.end();
    }
  }

  private boolean closed(TokenKind end, String close) {
    char c = source.charAt(at);
    boolean signed =
        (c == '-' || c == '+' && end == TokenKind.TAG_END) && source.startsWith(close, at + 1);
    if (!signed && !source.startsWith(close, at)) {
      return false;
    }
    tokens.add(new Token(end, "", line(at)));
    at += signed ? 3 : 2;
    behind(signed ? c : ' ', end == TokenKind.TAG_END);
    return true;
  }

  private void balance(Token token) {
    switch (token.text()) {
      case "(" -> open.push(')');
      case "[" -> open.push(']');
      case "{" -> open.push('}');
      case ")", "]", "}" -> {
        String wanted = open.isEmpty() ? "" : String.valueOf(open.pop());
        if (!wanted.equals(token.text())) {
          throw Syntax.expected(
              wanted.isEmpty() ? "an opening bracket before it" : "'" + wanted + "'", token);
        }
      }
      default -> {}
    }
  }
}

package io.github.llm4j.runtime.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigUtil;
import io.github.llm4j.runtime.config.Part.Braces;
import io.github.llm4j.runtime.config.Part.Brackets;
import io.github.llm4j.runtime.config.Part.Field;
import io.github.llm4j.runtime.config.Part.Include;
import io.github.llm4j.runtime.config.Part.Literal;
import io.github.llm4j.runtime.config.Part.Member;
import io.github.llm4j.runtime.config.Part.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads which keys a HOCON text sets, where, and what it includes and refers to. Values stay text:
 * what they mean is the library's matter. The library forgets in which order an object was put
 * together, which is what replacing by type, and naming both lines of a substitution, need.
 */
final class Syntax {
  private static final Pattern INCLUDE =
      Pattern.compile(
          "include\\s+((?:required|file|classpath|url)\\(\\s*)*\"([^\"\\n]*)\"(?:\\s*\\))*");
  private static final String NEEDS_QUOTES = "`^?!@*&\\";

  /** A text that isn't HOCON. */
  static final class SyntaxError extends Exception {
    private static final long serialVersionUID = 1;

    /** Offset of the fault. */
    final int offset;

    SyntaxError(int offset, String message) {
      super(message);
      this.offset = offset;
    }

    String text() {
      return String.valueOf(getMessage());
    }
  }

  private final String text;
  private int at;

  private Syntax(String text) {
    this.text = text;
  }

  /** The keys of a whole document. */
  static Braces parse(String text) throws SyntaxError {
    Syntax syntax = new Syntax(text.startsWith("\uFEFF") ? " " + text.substring(1) : text);
    syntax.skipBlank(true);
    if (syntax.peek() == '[') {
      throw new SyntaxError(
          syntax.at, "expected keys, found a list. A config is key = value lines.");
    }
    if (syntax.peek() != '{') {
      return syntax.members(-1);
    }
    int open = syntax.at++;
    Braces braces = syntax.members(open);
    syntax.skipBlank(true);
    if (syntax.at < text.length()) {
      throw new SyntaxError(
          syntax.at,
          "expected the end of the file after its '}', found more. Remove one of the two.");
    }
    return braces;
  }

  /** Members up to the end of the text, or to the brace that closes the one at {@code open}. */
  private Braces members(int open) throws SyntaxError {
    List<Member> members = new ArrayList<>();
    while (true) {
      skipBlank(true);
      if (at >= text.length()) {
        if (open >= 0) {
          throw new SyntaxError(open, "this '{' is never closed. Add a '}'.");
        }
        return new Braces(members);
      }
      char c = text.charAt(at);
      if (c == '}' && open >= 0) {
        at++;
        return new Braces(members);
      }
      if (c == '}' || c == ']') {
        throw new SyntaxError(at, "this '" + c + "' closes nothing. Remove it.");
      }
      members.add(member());
    }
  }

  private Member member() throws SyntaxError {
    int start = at;
    Matcher include = INCLUDE.matcher(text).region(at, text.length());
    if (include.lookingAt()) {
      at = include.end();
      String head = text.substring(start, include.end());
      String kind =
          head.contains("url(") ? "url" : head.contains("classpath(") ? "classpath" : "file";
      return new Include(include.group(2), kind, start, at);
    }
    String key = key();
    List<String> path = path(key, start);
    if (peek() == '+') {
      at++;
    }
    if (peek() == '=' || peek() == ':') {
      at++;
      skipBlank(false);
      boolean nextLine = peek() == '\n' || peek() == '#' || text.startsWith("//", at);
      if (nextLine) {
        skipBlank(true);
      }
      if (nextLine && "{[\"".indexOf(peek()) < 0) {
        throw noValue(start, key);
      }
    }
    List<Part> value = value();
    if (value.isEmpty()) {
      throw noValue(start, key);
    }
    return new Field(path, value, start);
  }

  private static SyntaxError noValue(int offset, String key) {
    return new SyntaxError(
        offset, "expected a value for '%s', found none. Write %s = value.".formatted(key, key));
  }

  /** Text of a key, up to what follows it. */
  private String key() throws SyntaxError {
    int start = at;
    while (at < text.length() && "=:{+\n,}]#$[".indexOf(text.charAt(at)) < 0) {
      if (text.charAt(at) == '"') {
        quoted();
      } else {
        at++;
      }
    }
    String key = text.substring(start, at).strip();
    char c = peek();
    if (key.isEmpty() || ("=:{".indexOf(c) < 0 && !text.startsWith("+=", at))) {
      throw new SyntaxError(
          start,
          key.isEmpty()
              ? "expected a key, found '" + c + "'. Write key = value."
              : "expected '=' or '{' after '%s', found %s. Write %s = value."
                  .formatted(key, shown(c), key));
    }
    return key;
  }

  private static String shown(char c) {
    return c == 0 ? "the end of the file" : c == '\n' ? "the end of the line" : "'" + c + "'";
  }

  private List<Part> value() throws SyntaxError {
    List<Part> parts = new ArrayList<>();
    while (true) {
      skipBlank(false);
      char c = peek();
      if (at >= text.length() || "\n,}]#".indexOf(c) >= 0 || text.startsWith("//", at)) {
        return parts;
      }
      int start = at;
      if (c == '{') {
        at++;
        parts.add(members(start));
      } else if (c == '[') {
        at++;
        parts.add(elements(start));
      } else if (c == '"') {
        parts.add(new Literal(quoted(), true, start, at));
      } else if (text.startsWith("${", at)) {
        parts.add(reference());
      } else {
        parts.add(unquoted());
      }
    }
  }

  private Brackets elements(int open) throws SyntaxError {
    List<List<Part>> elements = new ArrayList<>();
    while (true) {
      skipBlank(true);
      if (at >= text.length()) {
        throw new SyntaxError(open, "this '[' is never closed. Add a ']'.");
      }
      if (text.charAt(at) == ']') {
        at++;
        return new Brackets(elements);
      }
      if (text.charAt(at) == '}') {
        throw new SyntaxError(
            at, "this '}' stands in a list that isn't closed. Add a ']' before it.");
      }
      List<Part> element = value();
      if (element.isEmpty()) {
        throw new SyntaxError(
            at, "expected an element of a list, found none. Remove what is here.");
      }
      elements.add(element);
    }
  }

  private Reference reference() throws SyntaxError {
    int start = at;
    int end = text.indexOf('}', start);
    int newline = text.indexOf('\n', start);
    if (end < 0 || (newline >= 0 && newline < end)) {
      throw new SyntaxError(start, "this '${' is never closed. Add a '}'.");
    }
    boolean optional = text.startsWith("${?", start);
    at = end + 1;
    String inner = text.substring(start + (optional ? 3 : 2), end).strip();
    return new Reference(path(inner, start), optional, start, at);
  }

  private Literal unquoted() throws SyntaxError {
    int start = at;
    while (at < text.length()
        && "\n,{}[]\"#$".indexOf(text.charAt(at)) < 0
        && !text.startsWith("//", at)) {
      char c = text.charAt(at);
      if (c == '=' || c == ':') {
        throw new SyntaxError(
            at,
            "expected the end of a value, found '%s' after '%s'. If it belongs to the value, write \"%s%s…\"; if a new key starts, put it on a line of its own."
                .formatted(
                    c, text.substring(start, at).strip(), text.substring(start, at).strip(), c));
      }
      boolean exponent = c == '+' && at > start && "eE".indexOf(text.charAt(at - 1)) >= 0;
      if (NEEDS_QUOTES.indexOf(c) >= 0 || (c == '+' && !exponent)) {
        throw new SyntaxError(
            at, "'%s' can't stand in a value without quotes. Write \"…%s…\".".formatted(c, c));
      }
      at++;
    }
    if (at == start) {
      throw new SyntaxError(
          at, "'" + text.charAt(at) + "' can't stand here. Write \"…\" around it.");
    }
    return new Literal(text.substring(start, at).strip(), false, start, at);
  }

  /** Consumes a quoted text, single or triple; its content as written. */
  private String quoted() throws SyntaxError {
    int start = at;
    if (text.startsWith("\"\"\"", at)) {
      int end = text.indexOf("\"\"\"", at + 3);
      if (end < 0) {
        throw new SyntaxError(start, "this '\"\"\"' is never closed. Add another.");
      }
      at = end + 3;
      while (peek() == '"') {
        at++;
      }
      return text.substring(start + 3, at - 3);
    }
    for (at++; at < text.length() && text.charAt(at) != '\n'; at++) {
      if (text.charAt(at) == '\\') {
        at++;
      } else if (text.charAt(at) == '"') {
        at++;
        return text.substring(start + 1, at - 1);
      }
    }
    throw new SyntaxError(
        start, "this '\"' is never closed. Add a '\"' before the end of the line.");
  }

  private static List<String> path(String expression, int offset) throws SyntaxError {
    try {
      return ConfigUtil.splitPath(expression);
    } catch (ConfigException e) {
      throw new SyntaxError(
          offset,
          "expected a key, found '%s'. Write words joined by '.', and quotes around anything else."
              .formatted(expression));
    }
  }

  /** Skips spaces; over line ends, commas and comments too if told. */
  private void skipBlank(boolean lines) {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (lines && (c == '#' || text.startsWith("//", at))) {
        int end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end;
      } else if ((c != '\n' && (Character.isWhitespace(c) || c == '\u00A0'))
          || (lines && (c == '\n' || c == ','))) {
        at++;
      } else {
        return;
      }
    }
  }

  private char peek() {
    return at < text.length() ? text.charAt(at) : 0;
  }
}

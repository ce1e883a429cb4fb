package io.github.llm4j.runtime.family;

import io.github.llm4j.runtime.family.Expression.Binary;
import io.github.llm4j.runtime.family.Expression.Call;
import io.github.llm4j.runtime.family.Expression.Choice;
import io.github.llm4j.runtime.family.Expression.Constant;
import io.github.llm4j.runtime.family.Expression.Name;
import io.github.llm4j.runtime.family.Expression.Not;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads expressions by recursive descent; binds least: {@code if}, {@code or}, {@code and}. */
final class ExpressionParser {
  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s*('[^']*'|\\d+(?:\\.\\d+)?(?:[eE][-+]?\\d+)?|[A-Za-z_]\\w*(?:\\.[A-Za-z_]\\w*)*"
              + "|[<>]=?|[-+*/%(),])");

  private final String text;
  private final List<String> tokens = new ArrayList<>();
  private int at;

  private ExpressionParser(String text) {
    this.text = text;
    String rest = text.strip();
    Matcher matcher = TOKEN.matcher(rest);
    while (!rest.isEmpty()) {
      if (!matcher.lookingAt()) {
        throw wrong("'" + rest + "'");
      }
      tokens.add(matcher.group(1));
      rest = rest.substring(matcher.end()).strip();
      matcher.reset(rest);
    }
  }

  /** Whether a value of a family file is an expression. */
  static boolean isExpression(String value) {
    if (value.startsWith("(") && !value.endsWith(")")) {
      throw new FamilyException("expected ')' at the end, found " + value);
    }
    return value.startsWith("(");
  }

  static Expression parse(String text) {
    ExpressionParser parser = new ExpressionParser(text);
    Expression whole = parser.choice();
    if (parser.at < parser.tokens.size()) {
      throw parser.wrong("'" + parser.tokens.get(parser.at) + "'");
    }
    return whole;
  }

  private FamilyException wrong(String found) {
    return new FamilyException("expected an expression, found " + found + " in " + text);
  }

  private boolean eat(String token) {
    boolean there = at < tokens.size() && tokens.get(at).equals(token);
    at += there ? 1 : 0;
    return there;
  }

  private void need(String token) {
    if (!eat(token)) {
      throw wrong((at < tokens.size() ? tokens.get(at) : "the end") + " instead of " + token);
    }
  }

  private Expression choice() {
    Expression then = or();
    if (!eat("if")) {
      return then;
    }
    Expression condition = or();
    return new Choice(condition, then, eat("else") ? choice() : new Constant(null));
  }

  private Expression or() {
    Expression left = and();
    // to the right, so that the left operand of each 'or' is the name that may be absent
    return eat("or") ? new Binary("or", left, or()) : left;
  }

  private Expression and() {
    Expression left = not();
    return eat("and") ? new Binary("and", left, and()) : left;
  }

  private Expression not() {
    return eat("not") ? new Not(not()) : comparison();
  }

  private Expression comparison() {
    Expression left = sum();
    if (eat("is")) {
      boolean not = eat("not");
      Expression is = new Binary("is", left, sum());
      return not ? new Not(is) : is;
    }
    for (String operator : List.of("<", "<=", ">", ">=", "in")) {
      if (eat(operator)) {
        return new Binary(operator, left, sum());
      }
    }
    return left;
  }

  private Expression sum() {
    Expression left = product();
    while (at < tokens.size() && List.of("+", "-").contains(tokens.get(at))) {
      left = new Binary(tokens.get(at++), left, product());
    }
    return left;
  }

  private Expression product() {
    Expression left = operand();
    while (at < tokens.size() && List.of("*", "/", "%").contains(tokens.get(at))) {
      left = new Binary(tokens.get(at++), left, operand());
    }
    return left;
  }

  private Expression operand() {
    if (at == tokens.size()) {
      throw wrong("the end");
    }
    String token = tokens.get(at++);
    if (token.equals("(")) {
      Expression inside = choice();
      need(")");
      return inside;
    }
    if (token.equals("-")) {
      return new Binary("-", new Constant(BigDecimal.ZERO), operand());
    }
    char first = token.charAt(0);
    if (first == '\'') {
      return new Constant(token.substring(1, token.length() - 1));
    }
    if (Character.isDigit(first)) {
      return new Constant(new BigDecimal(token));
    }
    if (!Character.isLetter(first) && first != '_') {
      throw wrong("'" + token + "'");
    }
    if (eat("(")) {
      Call call = new Call(token, choice());
      need(")");
      return call;
    }
    return switch (token) {
      case "true" -> new Constant(true);
      case "false" -> new Constant(false);
      case "null" -> new Constant(null);
      default -> new Name(token);
    };
  }
}

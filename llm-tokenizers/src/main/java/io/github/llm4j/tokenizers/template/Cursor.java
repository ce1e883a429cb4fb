package io.github.llm4j.tokenizers.template;

import java.util.List;

/** A place among a template's tokens. */
final class Cursor {
  private final List<Token> tokens;
  private int at;
  private int depth;

  Cursor(List<Token> tokens) {
    this.tokens = tokens;
  }

  Token peek() {
    return tokens.get(at);
  }

  private Token ahead() {
    return tokens.get(Math.min(at + 1, tokens.size() - 1));
  }

  Token next() {
    Token token = peek();
    at = Math.min(at + 1, tokens.size() - 1);
    return token;
  }

  boolean isOperator(String operator) {
    return peek().is(TokenKind.OPERATOR, operator);
  }

  boolean isName(String name) {
    return peek().is(TokenKind.NAME, name);
  }

  boolean isNameThen(String name, String second) {
    return isName(name) && ahead().is(TokenKind.NAME, second);
  }

  boolean isNameThenOperator(String operator) {
    return peek().kind() == TokenKind.NAME && ahead().is(TokenKind.OPERATOR, operator);
  }

  boolean skipOperator(String operator) {
    return skip(isOperator(operator));
  }

  boolean skipName(String name) {
    return skip(isName(name));
  }

  private boolean skip(boolean found) {
    if (found) {
      next();
    }
    return found;
  }

  void expectOperator(String operator) {
    if (!skipOperator(operator)) {
      throw Syntax.expected("'" + operator + "'", peek());
    }
  }

  Token expectName() {
    return expect(TokenKind.NAME);
  }

  void expectName(String name) {
    if (!skipName(name)) {
      throw Syntax.expected("'" + name + "'", peek());
    }
  }

  Token expect(TokenKind kind) {
    if (peek().kind() != kind) {
      throw Syntax.expected(kind == TokenKind.NAME ? kind.word() : "'" + kind.word() + "'", peek());
    }
    return next();
  }

  /** Goes one level deeper; {@link #leave} comes back. Bounds every recursion over the tree. */
  void enter() {
    if (++depth > TemplateLimits.NESTING) {
      throw new Syntax(
          peek().line(),
          "tags and expressions nested at most %d deep expected, found deeper ones."
              .formatted(TemplateLimits.NESTING));
    }
  }

  void leave(int levels) {
    depth -= levels;
  }
}

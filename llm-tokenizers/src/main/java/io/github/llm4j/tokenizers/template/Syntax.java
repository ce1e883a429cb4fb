package io.github.llm4j.tokenizers.template;

/** What is wrong in a template's own text, and where; {@link Template} adds its name. */
final class Syntax extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int line;

  Syntax(int line, String message) {
    super(message, null, false, false);
    this.line = line;
  }

  static Syntax expected(String expected, Token found) {
    return new Syntax(found.line(), expected + " expected, found " + found.show() + ".");
  }

  int line() {
    return line;
  }
}

package io.github.llm4j.tokenizers.template;

/**
 * One token of a template.
 *
 * @param text as it stands; of a text in quotes, what it means
 * @param value a number's value; the text otherwise
 * @param line line of the template, from 1 on
 */
record Token(TokenKind kind, String text, Object value, int line) {

  Token(TokenKind kind, String text, int line) {
    this(kind, text, text, line);
  }

  boolean is(TokenKind wanted, String word) {
    return kind == wanted && text.equals(word);
  }

  /** As a message shows it. */
  String show() {
    return switch (kind) {
      case NAME, OPERATOR, NUMBER -> "'" + text + "'";
      case STRING -> "the text " + Kinds.show(text);
      default -> kind.word();
    };
  }
}

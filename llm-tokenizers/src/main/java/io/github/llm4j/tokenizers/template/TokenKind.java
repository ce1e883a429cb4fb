package io.github.llm4j.tokenizers.template;

/** What a token of a template is. */
enum TokenKind {
  TEXT("text"),
  OUTPUT_BEGIN("{{"),
  OUTPUT_END("}}"),
  TAG_BEGIN("{%"),
  TAG_END("%}"),
  NAME("a name"),
  STRING("a text in quotes"),
  NUMBER("a number"),
  OPERATOR("an operator"),
  END("the end of the template");

  /** What messages call it. */
  private final String word;

  TokenKind(String word) {
    this.word = word;
  }

  String word() {
    return word;
  }
}

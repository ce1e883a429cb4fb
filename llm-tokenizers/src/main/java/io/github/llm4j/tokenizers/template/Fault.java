package io.github.llm4j.tokenizers.template;

/** What went wrong while a template was rendered; {@link Template} adds its name and the line. */
final class Fault extends RuntimeException {
  private static final long serialVersionUID = 1;

  Fault(String message) {
    super(message, null, false, false);
  }

  /** A fault about a value that isn't as expected. */
  static Fault expected(String expected, Object found) {
    return new Fault(expected + " expected, found " + Kinds.show(found) + ".");
  }

  String text() {
    String message = getMessage();
    return message == null ? "" : message;
  }
}

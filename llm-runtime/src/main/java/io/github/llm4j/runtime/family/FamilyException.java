package io.github.llm4j.runtime.family;

/** Something in a family file or in the config.json it reads that can't be evaluated. */
final class FamilyException extends RuntimeException {
  private static final long serialVersionUID = 1;

  FamilyException(String message) {
    super(message);
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}

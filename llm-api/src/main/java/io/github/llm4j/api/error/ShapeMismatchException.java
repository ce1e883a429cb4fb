package io.github.llm4j.api.error;

/** Operands that don't fit an op; whoever records adds the layer's path. */
public final class ShapeMismatchException extends LlmException {
  private static final long serialVersionUID = 1;

  /** An error with this message. */
  public ShapeMismatchException(String message) {
    super(ErrorKind.USER, message);
  }

  /** The same error, saying where. */
  public ShapeMismatchException at(String path) {
    ShapeMismatchException located = new ShapeMismatchException(getMessage() + " (" + path + ")");
    located.setStackTrace(getStackTrace());
    return located;
  }
}

package io.github.llm4j.api.error;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Root of all that llm4j throws on purpose. The message reads {@code where: expected, found. What
 * to do.}
 */
public class LlmException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Whose matter it is. */
  private final ErrorKind kind;

  /** An error of this kind. */
  public LlmException(ErrorKind kind, String message) {
    this(kind, message, null);
  }

  /** An error of this kind that another caused. */
  public LlmException(ErrorKind kind, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /** What went wrong; there is always a message. */
  @Override
  public String getMessage() {
    return Objects.requireNonNull(super.getMessage());
  }

  /** Whose matter it is. */
  public ErrorKind kind() {
    return kind;
  }
}

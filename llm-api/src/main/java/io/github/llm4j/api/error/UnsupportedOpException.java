package io.github.llm4j.api.error;

/** An op that can be neither computed nor differentiated here. */
public final class UnsupportedOpException extends LlmException {
  private static final long serialVersionUID = 1;

  /** An error with this message. */
  public UnsupportedOpException(String message) {
    super(ErrorKind.PLUGIN, message);
  }
}

package io.github.llm4j.formats;

import java.io.IOException;

/**
 * A file that isn't what it says: broken, cut, hostile, or of a form that isn't read. The message
 * names the file, what was expected and what was found. Checked, so that whoever opens a file says
 * what to do about it.
 */
public final class FormatException extends IOException {
  private static final long serialVersionUID = 1;

  /** A file with something wrong. */
  public FormatException(String message) {
    super(message);
  }

  /** A file with something wrong that a parser found. */
  public FormatException(String message, Throwable cause) {
    super(message, cause);
  }
}

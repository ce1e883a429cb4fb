package io.github.llm4j.api.component;

import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;

/**
 * Thrown by a settings record's constructor that knows which of its keys is wrong. Any
 * IllegalArgumentException will do too, it is then said of the component as a whole.
 */
public final class SettingsException extends LlmException {
  private static final long serialVersionUID = 1;

  /** Key that is wrong. */
  private final String key;

  /**
   * A wrong key.
   *
   * @param key in kebab-case, as {@code kv-heads}
   * @param message expected, found with values, what to do
   */
  public SettingsException(String key, String message) {
    super(ErrorKind.USER, message);
    this.key = key;
  }

  /** Key that is wrong, in kebab-case. */
  public String key() {
    return key;
  }
}

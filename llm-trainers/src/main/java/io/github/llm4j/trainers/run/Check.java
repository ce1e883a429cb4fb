package io.github.llm4j.trainers.run;

import io.github.llm4j.api.component.SettingsException;

/** Checks of settings: whoever binds them adds file, line and path. */
public final class Check {
  private Check() {}

  /**
   * Refuses a value.
   *
   * @param holds whether it is fine
   * @param key its key, in kebab-case
   * @param expected what is fine, as {@code above 0}
   * @param found the value
   */
  public static void that(boolean holds, String key, String expected, Object found) {
    if (!holds) {
      throw new SettingsException(key, expected + " expected, found " + found + ".");
    }
  }
}

package io.github.llm4j.api.component;

/** Collects what is wrong with settings, so that all of it is said at once. */
@FunctionalInterface
public interface Problems {

  /**
   * Adds a problem.
   *
   * @param key key of the settings that it is about, relative and in kebab-case, as {@code
   *     kv-heads}; empty for the component as a whole
   * @param message expected, found with values, what to do
   */
  void add(String key, String message);
}

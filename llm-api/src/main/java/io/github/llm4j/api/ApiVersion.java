package io.github.llm4j.api;

/**
 * The version of this API: what a plugin's manifest names as {@code Llm4j-Api}. It is no version of
 * a release: it is counted up by each change that a plugin built before would trip over.
 */
public final class ApiVersion {
  /** The version that this jar is. */
  public static final int MAJOR = 1;

  private ApiVersion() {}
}

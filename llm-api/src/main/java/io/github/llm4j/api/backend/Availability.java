package io.github.llm4j.api.backend;

/**
 * What a probe found: whether something can be used here, and if not, why and what to do.
 *
 * @param usable whether it can be used
 * @param detail what was found, in one sentence
 * @param remedy what would make it usable, or faster where it is; empty if there is nothing to do
 */
public record Availability(boolean usable, String detail, String remedy) {

  /** It can be used. */
  public static Availability available(String detail) {
    return new Availability(true, detail, "");
  }

  /** It can't be used. */
  public static Availability unavailable(String reason, String remedy) {
    return new Availability(false, reason, remedy);
  }
}

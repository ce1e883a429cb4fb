package io.github.llm4j.tokenizers.template;

import java.util.List;
import java.util.Map;

/**
 * What a call hands over.
 *
 * @param positional arguments without a name
 * @param named arguments with one, in the order of the call
 */
record Arguments(List<Object> positional, Map<String, Object> named) {
  static final Arguments NONE = new Arguments(List.of(), Map.of());

  /** These arguments without the first ones that have no name. */
  Arguments from(int first) {
    return new Arguments(positional.subList(first, positional.size()), named);
  }

  /**
   * Gives each argument its parameter.
   *
   * @param what what is called, for messages
   * @param parameters their names, in order; one that begins with * has no name for callers
   * @throws Fault if there are too many, or one with an unknown name
   */
  Bound bind(String what, String... parameters) {
    if (positional.size() > parameters.length) {
      throw new Fault(
          "at most %d arguments expected for %s, found %d."
              .formatted(parameters.length, what, positional.size()));
    }
    @org.jspecify.annotations.Nullable Object[] values = new Object[parameters.length];
    for (int i = 0; i < positional.size(); i++) {
      values[i] = positional.get(i);
    }
    for (Map.Entry<String, Object> entry : named.entrySet()) {
      int at = List.of(parameters).indexOf(entry.getKey());
      if (at < 0 || values[at] != null) {
        throw new Fault(
            "%s expected for %s, found %s=."
                .formatted(
                    at < 0 ? "one of the arguments " + List.of(parameters) : "each argument once",
                    what,
                    entry.getKey()));
      }
      values[at] = entry.getValue();
    }
    return new Bound(what, parameters, values);
  }
}

package io.github.llm4j.tokenizers.template;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

/** All filters by name: {@code value | name(arguments)}. */
final class Filters {

  /** What a filter makes of a value. */
  @FunctionalInterface
  interface Body {
    Object apply(Run run, Object value, Bound arguments);
  }

  /** What a filter does that takes arguments for another filter or test. */
  @FunctionalInterface
  interface OpenBody {
    Object apply(Run run, Object value, Arguments arguments);
  }

  private static final Map<String, OpenBody> FILTERS = new HashMap<>();

  static {
    TextFilters.add();
    ListFilters.add();
    NumberFilters.add();
    SelectFilters.add();
  }

  private Filters() {}

  static void add(String name, Body body, String... parameters) {
    FILTERS.put(
        name,
        (run, value, arguments) ->
            body.apply(run, value, arguments.bind("filter " + name, parameters)));
  }

  static void addOpen(String name, OpenBody body) {
    FILTERS.put(name, body);
  }

  static boolean isKnown(String name) {
    return FILTERS.containsKey(name);
  }

  static Object apply(Run run, String name, Object value, Arguments arguments) {
    OpenBody filter = FILTERS.get(name);
    if (filter == null) {
      throw new Fault(
          "a filter expected behind '|', found '%s'. Known: %s."
              .formatted(name, String.join(" ", new TreeSet<>(FILTERS.keySet()))));
    }
    return filter.apply(run, value, arguments);
  }
}

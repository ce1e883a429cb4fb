package io.github.llm4j.tokenizers.template;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Filters that pick, change or order a list's items. */
final class SelectFilters {
  private SelectFilters() {}

  static void add() {
    Filters.addOpen("map", SelectFilters::map);
    Filters.addOpen("select", (r, v, a) -> select(r, v, a, false, true));
    Filters.addOpen("reject", (r, v, a) -> select(r, v, a, false, false));
    Filters.addOpen("selectattr", (r, v, a) -> select(r, v, a, true, true));
    Filters.addOpen("rejectattr", (r, v, a) -> select(r, v, a, true, false));
    Filters.add("unique", SelectFilters::unique, "case_sensitive", "attribute");
    Filters.add("sort", SelectFilters::sort, "reverse", "case_sensitive", "attribute");
    Filters.add("dictsort", SelectFilters::sortMapping, "case_sensitive", "by", "reverse");
    Filters.add("groupby", SelectFilters::groups, "attribute", "default", "case_sensitive");
    Filters.add("min", (r, v, a) -> extreme(r, v, a, -1), "case_sensitive", "attribute");
    Filters.add("max", (r, v, a) -> extreme(r, v, a, 1), "case_sensitive", "attribute");
    Filters.add("sum", SelectFilters::sum, "attribute", "start");
  }

  private static Object map(Run run, Object value, Arguments arguments) {
    List<Object> items = Kinds.truth(value) ? Sequences.list(run, value) : new ArrayList<>();
    Object attribute = arguments.named().get("attribute");
    if (arguments.positional().isEmpty() && attribute != null) {
      Bound bound = arguments.bind("filter map", "*", "attribute", "default");
      Path path = new Path(attribute, bound.get(2, None.NONE));
      items.replaceAll(item -> path.of(run, item));
      return new Once(items);
    }
    if (arguments.positional().isEmpty()) {
      throw new Fault("the name of a filter or attribute= expected for filter map, found neither.");
    }
    String name = Printer.text(run, arguments.positional().getFirst());
    Arguments rest = arguments.from(1);
    items.replaceAll(item -> Filters.apply(run, name, item, rest));
    return new Once(items);
  }

  private static Object select(
      Run run, Object value, Arguments arguments, boolean attribute, boolean wanted) {
    if (!Kinds.truth(value)) {
      return new Once(List.of());
    }
    List<Object> given = arguments.positional();
    if (attribute && given.isEmpty()) {
      throw new Fault("the name of an attribute expected, found none.");
    }
    Path path = new Path(attribute ? given.getFirst() : None.NONE, None.NONE);
    int first = attribute ? 1 : 0;
    List<Object> kept = new ArrayList<>();
    for (Object item : Sequences.list(run, value)) {
      Object tested = path.of(run, item);
      boolean holds =
          given.size() <= first
              ? Kinds.truth(tested)
              : Tests.apply(
                  run, Printer.text(run, given.get(first)), tested, arguments.from(first + 1));
      if (holds == wanted) {
        kept.add(item);
      }
    }
    return new Once(kept);
  }

  /** What items are compared by: texts without case, unless it matters. */
  private static Object key(Run run, Path path, Object item, boolean caseMatters) {
    Object value = path.of(run, item);
    return value instanceof String text && !caseMatters ? text.toLowerCase(Locale.ROOT) : value;
  }

  private static Object unique(Run run, Object value, Bound arguments) {
    Path path = new Path(arguments.get(1, None.NONE), None.NONE);
    Set<Object> seen = new HashSet<>();
    List<Object> kept = new ArrayList<>();
    for (Object item : Sequences.list(run, value)) {
      if (seen.add(Keys.canonical(key(run, path, item, arguments.truth(0, false))))) {
        kept.add(item);
      }
    }
    return new Once(kept);
  }

  private static Object sort(Run run, Object value, Bound arguments) {
    boolean caseMatters = arguments.truth(1, false);
    Object attribute = arguments.get(2, None.NONE);
    List<Path> paths = new ArrayList<>();
    for (Object part :
        attribute instanceof String s ? List.of(s.split(",", -1)) : List.of(attribute)) {
      paths.add(new Path(part, None.NONE));
    }
    List<Object> items = Sequences.list(run, value);
    List<Object> keys = new ArrayList<>();
    for (Object item : items) {
      List<Object> parts = new ArrayList<>();
      paths.forEach(path -> parts.add(key(run, path, item, caseMatters)));
      keys.add(parts);
    }
    return sorted(run, items, keys, arguments.truth(0, false));
  }

  /** Sorts items by keys; equal ones keep their order, also when it is reversed. */
  private static List<Object> sorted(
      Run run, List<Object> items, List<Object> keys, boolean reverse) {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      order.add(i);
    }
    int sign = reverse ? -1 : 1;
    try {
      order.sort((a, b) -> sign * Comparison.order(run, keys.get(a), keys.get(b)));
    } catch (IllegalArgumentException e) {
      throw new Fault(
          "values that have an order expected to sort, found some that aren't numbers.");
    }
    List<Object> sorted = new ArrayList<>();
    order.forEach(i -> sorted.add(items.get(i)));
    return sorted;
  }

  private static Object sortMapping(Run run, Object value, Bound arguments) {
    if (!(value instanceof Map<?, ?> map)) {
      throw value instanceof Undefined u ? u.fault() : Fault.expected("a mapping to sort", value);
    }
    String by = arguments.text(1, "key");
    if (!by.equals("key") && !by.equals("value")) {
      throw arguments.wrong(1, "key or value");
    }
    Path path = new Path(by.equals("key") ? 0L : 1L, None.NONE);
    List<Object> items = MappingMethods.items(run, map);
    List<Object> keys = new ArrayList<>();
    items.forEach(item -> keys.add(key(run, path, item, arguments.truth(0, false))));
    return sorted(run, items, keys, arguments.truth(2, false));
  }

  private static Object groups(Run run, Object value, Bound arguments) {
    Path path = new Path(arguments.need(0), arguments.get(1, None.NONE));
    boolean caseMatters = arguments.truth(2, false);
    List<Object> items = Sequences.list(run, value);
    List<Object> keys = new ArrayList<>();
    items.forEach(item -> keys.add(key(run, path, item, caseMatters)));
    List<Object> groups = new ArrayList<>();
    List<Object> group = new ArrayList<>();
    Object before = None.NONE;
    for (Object item : sorted(run, items, keys, false)) {
      Object key = key(run, path, item, caseMatters);
      if (group.isEmpty() || !Comparison.equal(run, before, key)) {
        group = new ArrayList<>();
        groups.add(new Group(path.of(run, item), group));
      }
      group.add(item);
      before = key;
    }
    return groups;
  }

  private static Object extreme(Run run, Object value, Bound arguments, int sign) {
    Path path = new Path(arguments.get(1, None.NONE), None.NONE);
    boolean caseMatters = arguments.truth(0, false);
    Object best = new Undefined("the least or greatest of no items");
    Object bestKey = None.NONE;
    boolean any = false;
    for (Object item : Sequences.list(run, value)) {
      Object key = key(run, path, item, caseMatters);
      if (!any || sign * Comparison.order(run, key, bestKey) > 0) {
        best = item;
        bestKey = key;
      }
      any = true;
    }
    return best;
  }

  private static Object sum(Run run, Object value, Bound arguments) {
    List<Object> items = Sequences.list(run, value);
    if (arguments.some(0)) {
      Path path = new Path(arguments.need(0), None.NONE);
      items.replaceAll(item -> path.of(run, item));
    }
    Object sum = arguments.get(1, 0L);
    if (sum instanceof String) {
      throw arguments.wrong(1, "a number or list");
    }
    for (Object item : items) {
      sum = Arithmetic.apply(run, "+", sum, item);
    }
    return sum;
  }
}

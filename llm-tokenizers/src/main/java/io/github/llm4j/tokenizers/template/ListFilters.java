package io.github.llm4j.tokenizers.template;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Filters on lists and mappings as a whole. */
final class ListFilters {
  private ListFilters() {}

  static void add() {
    Filters.add("length", (r, v, a) -> Sequences.length(v));
    Filters.add("count", (r, v, a) -> Sequences.length(v));
    Filters.add("list", (r, v, a) -> Sequences.list(r, v));
    Filters.add("items", ListFilters::items);
    Filters.add("first", ListFilters::first);
    Filters.add("last", ListFilters::last);
    Filters.add("reverse", ListFilters::reverse);
    Filters.add("join", ListFilters::join, "d", "attribute");
    Filters.add("default", ListFilters::otherwise, "default_value", "boolean");
    Filters.add("d", ListFilters::otherwise, "default_value", "boolean");
    Filters.add("batch", ListFilters::batch, "linecount", "fill_with");
    Filters.add("slice", ListFilters::slice, "slices", "fill_with");
    Filters.add("attr", ListFilters::attribute, "name");
  }

  private static Object items(Run run, Object value, Bound arguments) {
    return switch (value) {
      case Undefined u -> new Once(List.of());
      case Map<?, ?> map -> new Once(MappingMethods.items(run, map));
      default -> throw Fault.expected("a mapping", value);
    };
  }

  private static Object first(Run run, Object value, Bound arguments) {
    Iterator<Object> items = Sequences.iterate(run, value);
    return items.hasNext() ? items.next() : new Undefined("the first of no items");
  }

  private static Object last(Run run, Object value, Bound arguments) {
    if (value instanceof Once || value instanceof Undefined) {
      throw Fault.expected("a list or text to take the last item of", value);
    }
    if (value instanceof String || value instanceof List<?>) {
      Object last = Sequences.at(run, value, -1L);
      return last == null ? new Undefined("the last of no items") : last;
    }
    List<Object> items = Sequences.list(run, value);
    return items.isEmpty() ? new Undefined("the last of no items") : items.getLast();
  }

  private static Object reverse(Run run, Object value, Bound arguments) {
    if (value instanceof String text) {
      run.room(text.length());
      // Code points change places, not chars.
      return new StringBuilder(text).reverse().toString();
    }
    List<Object> items = Sequences.list(run, value);
    Collections.reverse(items);
    return value instanceof Once ? items : new Once(items);
  }

  private static Object join(Run run, Object value, Bound arguments) {
    List<Object> items = Sequences.list(run, value);
    if (arguments.some(1)) {
      Path path = new Path(arguments.need(1), None.NONE);
      items.replaceAll(item -> path.of(run, item));
    }
    return TextMethods.join(run, Printer.text(run, arguments.get(0, "")), items, false);
  }

  private static Object otherwise(Run run, Object value, Bound arguments) {
    boolean missing =
        value instanceof Undefined || arguments.truth(1, false) && !Kinds.truth(value);
    return missing ? arguments.get(0, "") : value;
  }

  private static Object batch(Run run, Object value, Bound arguments) {
    int size = arguments.integer(0);
    List<Object> batches = new ArrayList<>();
    List<Object> batch = new ArrayList<>();
    for (Object item : Sequences.list(run, value)) {
      if (batch.size() == size) {
        batches.add(batch);
        batch = new ArrayList<>();
      }
      batch.add(item);
    }
    if (!batch.isEmpty()) {
      int missing = arguments.some(1) ? Math.max(0, size - batch.size()) : 0;
      run.room(missing);
      batch.addAll(Collections.nCopies(missing, arguments.get(1, None.NONE)));
      batches.add(batch);
    }
    return new Once(batches);
  }

  private static Object slice(Run run, Object value, Bound arguments) {
    List<Object> items = Sequences.list(run, value);
    int slices = arguments.integer(0);
    if (slices <= 0) {
      throw arguments.wrong(0, "a number from 1 on");
    }
    run.room(slices);
    int each = items.size() / slices;
    int longer = items.size() % slices;
    List<Object> parts = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < slices; i++) {
      int to = from + each + (i < longer ? 1 : 0);
      List<Object> part = new ArrayList<>(items.subList(from, to));
      if (arguments.some(1) && i >= longer) {
        part.add(arguments.need(1));
      }
      parts.add(part);
      from = to;
    }
    return new Once(parts);
  }

  private static Object attribute(Run run, Object value, Bound arguments) {
    boolean key = value instanceof Map<?, ?> map && map.containsKey(arguments.text(0));
    Object found = Access.attribute(run, value, arguments.text(0));
    // The filter sees methods and properties only, never keys.
    return key && !(found instanceof Invocable)
        ? Undefined.attribute(value, arguments.need(0))
        : found;
  }
}

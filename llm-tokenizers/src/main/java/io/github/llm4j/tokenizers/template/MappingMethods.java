package io.github.llm4j.tokenizers.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Methods of mappings that change nothing. */
final class MappingMethods {
  private MappingMethods() {}

  static @Nullable Object find(Map<?, ?> map, String name) {
    return switch (name) {
      case "get" -> Invocable.of("dict.get", (run, a) -> get(run, map, a));
      case "items" ->
          Invocable.of("dict.items", (run, a) -> view("dict_items", items(run, map), a));
      case "keys" ->
          Invocable.of(
              "dict.keys", (run, a) -> view("dict_keys", new ArrayList<>(map.keySet()), a));
      case "values" ->
          Invocable.of(
              "dict.values", (run, a) -> view("dict_values", new ArrayList<>(map.values()), a));
      case "copy" -> Invocable.of("dict.copy", (run, a) -> copy(run, map));
      // Python has these, and they change the mapping: a key of the same name stays hidden.
      case "pop", "popitem", "clear", "update", "setdefault" ->
          new Undefined("'" + name + "' of a mapping (it would change the mapping)");
      default -> null;
    };
  }

  private static Object view(String kind, List<Object> items, Arguments arguments) {
    arguments.bind(kind);
    return new View(kind, items);
  }

  static List<Object> items(Run run, Map<?, ?> map) {
    run.room(map.size());
    List<Object> items = new ArrayList<>(map.size());
    map.forEach((key, value) -> items.add(Tuple.of(key, value)));
    return items;
  }

  private static Object get(Run run, Map<?, ?> map, Arguments arguments) {
    Bound bound = arguments.bind("dict.get", "key", "default");
    Object value = Keys.get(run, map, bound.need(0));
    return value == null ? bound.get(1, None.NONE) : value;
  }

  private static Object copy(Run run, Map<?, ?> map) {
    run.room(map.size());
    return new LinkedHashMap<Object, Object>(map);
  }
}

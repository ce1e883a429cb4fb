package io.github.llm4j.tokenizers.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values as keys of a mapping: Python takes 1, 1.0 and True for one key. */
final class Keys {
  private Keys() {}

  /**
   * The same for keys that Python takes for equal.
   *
   * @throws Fault if the value can't be a key
   */
  static Object canonical(Object key) {
    return switch (key) {
      case String s -> s;
      case Boolean b -> b ? 1L : 0L;
      case Double d when d == Math.rint(d) && Math.abs(d) < 0x1p53 -> (long) (double) d;
      case Tuple t -> tuple(t);
      case List<?> l when !(l instanceof Range) -> throw Fault.expected("a key (text, number)", l);
      case Map<?, ?> m -> throw Fault.expected("a key (text, number)", m);
      default -> key;
    };
  }

  /** Only flat tuples: a deep one would need recursion for its hash. */
  private static Object tuple(Tuple tuple) {
    List<Object> parts = new ArrayList<>(tuple.size());
    for (Object part : tuple) {
      if (part instanceof List<?>) {
        throw Fault.expected("a key of texts and numbers", tuple);
      }
      parts.add(canonical(part));
    }
    return parts;
  }

  /** The value of a key; null if there is none. */
  static @Nullable Object get(Run run, Map<?, ?> map, Object key) {
    if (key instanceof String) {
      return map.get(key);
    }
    Object same = find(run, map, key);
    return same == null ? null : map.get(same);
  }

  static void put(Run run, Map<Object, Object> map, Object key, Object value) {
    Object same = key instanceof String ? key : find(run, map, key);
    map.put(same == null ? key : same, value);
  }

  /** Keys that are no texts are few, so they are searched for. */
  private static @Nullable Object find(Run run, Map<?, ?> map, Object key) {
    Object wanted = canonical(key);
    for (Object each : map.keySet()) {
      run.step();
      if (each.getClass() != String.class && canonical(each).equals(wanted)) {
        return each;
      }
    }
    return null;
  }
}

package io.github.llm4j.tokenizers.template;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code value.name} and {@code value[key]}. As in Jinja, the first looks for a method before a
 * key, the second for a key before a method. There is nothing else: no attribute of a Java object
 * is ever looked for.
 */
final class Access {
  private Access() {}

  static Object attribute(Run run, Object of, String name) {
    Object value = own(of, name);
    if (value == null && of instanceof Map<?, ?> map) {
      value = map.get(name);
    }
    return value == null ? Undefined.attribute(of, name) : value;
  }

  static Object item(Run run, Object of, Object key) {
    Object value = null;
    if (of instanceof Map<?, ?> map) {
      boolean possible = !(key instanceof List<?>) && !(key instanceof Map<?, ?>);
      value = possible || key instanceof Tuple ? Keys.get(run, map, key) : null;
    } else if (Numbers.isInteger(key) && (of instanceof String || of instanceof List<?>)) {
      value = Sequences.at(run, of, key);
    }
    if (value == null) {
      value = own(of, key instanceof String name ? name : "");
    }
    return value == null ? Undefined.attribute(of, key) : value;
  }

  /** A method or property that values of this kind have; null if there is none. */
  private static @Nullable Object own(Object of, String name) {
    return switch (of) {
      case Undefined u -> throw u.fault();
      case Namespace n -> n.values().get(name);
      case Loop l -> l.attribute(name);
      case Cycler c -> c.attribute(name);
      case Group g when name.equals("grouper") -> g.get(0);
      case Group g when name.equals("list") -> g.get(1);
      case String s -> TextMethods.find(s, name);
      case List<?> l -> ListMethods.find(l, name);
      case Map<?, ?> m -> MappingMethods.find(m, name);
      case Macro m when name.equals("name") -> m.name();
      default -> null;
    };
  }
}

package io.github.llm4j.tokenizers.template;

import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes a caller's values over: copies of the few kinds that a template may see. */
final class Variables {
  private Variables() {}

  static Object copy(Run run, String path, @Nullable Object value) {
    return copy(run, path, value, 0);
  }

  private static Object copy(Run run, String path, @Nullable Object value, int depth) {
    run.step();
    return switch (value) {
      case null -> None.NONE;
      case String s -> s;
      case Boolean b -> b;
      case Long l -> l;
      case Double d -> d;
      case Integer i -> (long) i;
      case Short i -> (long) i;
      case Byte i -> (long) i;
      case Float f -> (double) f;
      case BigInteger i -> Numbers.of(i);
      case List<?> l -> list(run, path, l, Comparison.deeper(depth));
      case Map<?, ?> m -> mapping(run, path, m, Comparison.deeper(depth));
      default ->
          throw new LlmException(
              ErrorKind.USER,
              "%s: null, boolean, number, text, list or mapping expected, found a %s. A template sees nothing else."
                  .formatted(path, value.getClass().getName()));
    };
  }

  private static Object list(Run run, String path, List<?> list, int depth) {
    List<Object> items = new ArrayList<>(list.size());
    for (Object item : list) {
      items.add(copy(run, path + "[]", item, depth));
    }
    return items;
  }

  private static Object mapping(Run run, String path, Map<?, ?> map, int depth) {
    Map<Object, Object> values = new LinkedHashMap<>();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      if (!(entry.getKey() instanceof String key)) {
        throw new LlmException(
            ErrorKind.USER,
            "%s: texts as keys of a mapping expected, found %s.".formatted(path, entry.getKey()));
      }
      values.put(key, copy(run, path + "." + key, entry.getValue(), depth));
    }
    return values;
  }
}

package io.github.llm4j.tokenizers.template;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Methods of lists and tuples that change nothing. */
final class ListMethods {
  private ListMethods() {}

  static @Nullable Object find(List<?> list, String name) {
    return switch (name) {
      case "count" -> Invocable.of("list.count", (run, a) -> count(run, list, a));
      case "index" -> Invocable.of("list.index", (run, a) -> index(run, list, a));
      case "copy" ->
          list instanceof Tuple ? null : Invocable.of("list.copy", (run, a) -> copy(run, list));
      // Python's lists have these, and they change the list.
      case "append", "clear", "extend", "insert", "pop", "remove", "reverse", "sort" ->
          new Undefined("'" + name + "' of a list (it would change the list)");
      default -> null;
    };
  }

  private static Object copy(Run run, List<?> list) {
    run.room(list.size());
    return new ArrayList<Object>(list);
  }

  private static Object count(Run run, List<?> list, Arguments arguments) {
    Object wanted = arguments.bind("list.count", "value").need(0);
    return list.stream().filter(each -> Comparison.equal(run, each, wanted)).count();
  }

  private static Object index(Run run, List<?> list, Arguments arguments) {
    Bound bound = arguments.bind("list.index", "value", "start", "stop");
    int size = list.size();
    int start = bound.integer(1, 0);
    int stop = bound.integer(2, size);
    int from = start < 0 ? Math.max(0, start + size) : start;
    int to = Math.min(size, stop < 0 ? stop + size : stop);
    for (int i = from; i < to; i++) {
      if (Comparison.equal(run, list.get(i), bound.need(0))) {
        return (long) i;
      }
    }
    throw Fault.expected("a value that the list holds", bound.need(0));
  }
}

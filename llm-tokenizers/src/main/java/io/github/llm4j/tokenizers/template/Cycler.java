package io.github.llm4j.tokenizers.template;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Values in turn, over and over: {@code cycler('a', 'b').next()}. */
final class Cycler {
  private final List<Object> values;
  private int at;

  Cycler(List<Object> values) {
    if (values.isEmpty()) {
      throw new Fault("values for cycler() expected, found none.");
    }
    this.values = values;
  }

  @Nullable Object attribute(String name) {
    return switch (name) {
      case "current" -> values.get(at);
      case "next" -> Invocable.of("cycler.next", (run, arguments) -> next());
      case "reset" -> Invocable.of("cycler.reset", (run, arguments) -> reset());
      default -> null;
    };
  }

  private Object next() {
    Object value = values.get(at);
    at = (at + 1) % values.size();
    return value;
  }

  private Object reset() {
    at = 0;
    return None.NONE;
  }
}

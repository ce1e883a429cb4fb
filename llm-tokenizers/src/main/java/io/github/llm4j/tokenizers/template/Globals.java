package io.github.llm4j.tokenizers.template;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Functions that every template knows. */
final class Globals {
  private Globals() {}

  /** The outermost scope. */
  static Scope scope() {
    Scope scope = new Scope(null);
    function(scope, "range", Globals::range);
    function(scope, "dict", Globals::mapping);
    function(scope, "namespace", (run, a) -> new Namespace(mapping(run, a)));
    function(scope, "cycler", (run, a) -> new Cycler(a.positional()));
    function(scope, "joiner", Globals::joiner);
    function(scope, "raise_exception", Globals::raise);
    function(scope, "strftime_now", Globals::now);
    return scope;
  }

  private static void function(Scope scope, String name, Invocable.Body body) {
    scope.set(name, Invocable.of(name, body));
  }

  private static Object range(Run run, Arguments arguments) {
    List<Object> given = arguments.positional();
    for (Object each : given) {
      if (!Numbers.isInteger(each)) {
        throw each instanceof Undefined u
            ? u.fault()
            : Fault.expected("whole numbers in range()", each);
      }
    }
    if (given.isEmpty() || given.size() > 3 || !arguments.named().isEmpty()) {
      throw new Fault("1 to 3 numbers expected in range(), found %d.".formatted(given.size()));
    }
    long first = whole(given.getFirst());
    return given.size() == 1
        ? new Range(0, first, 1)
        : new Range(first, whole(given.get(1)), given.size() == 2 ? 1 : whole(given.get(2)));
  }

  private static long whole(Object number) {
    return Numbers.plain(number) instanceof Long l ? l : Numbers.clamp(number);
  }

  private static Map<Object, Object> mapping(Run run, Arguments arguments) {
    Map<Object, Object> values = new LinkedHashMap<>();
    if (arguments.positional().size() > 1) {
      throw new Fault(
          "at most one mapping expected, found %d.".formatted(arguments.positional().size()));
    }
    for (Object given : arguments.positional()) {
      List<Object> pairs =
          given instanceof Map<?, ?> map
              ? MappingMethods.items(run, map)
              : Sequences.list(run, given);
      for (Object pair : pairs) {
        List<Object> parts = Sequences.list(run, pair);
        if (parts.size() != 2) {
          throw Fault.expected("pairs of keys and values", pair);
        }
        Keys.put(run, values, parts.get(0), parts.get(1));
      }
    }
    values.putAll(arguments.named());
    return values;
  }

  private static Object joiner(Run run, Arguments arguments) {
    Object separator = arguments.bind("joiner", "sep").get(0, ", ");
    boolean[] used = new boolean[1];
    return Invocable.of(
        "joiner",
        (r, a) -> {
          Object text = used[0] ? separator : "";
          used[0] = true;
          return text;
        });
  }

  private static Object raise(Run run, Arguments arguments) {
    String message = Printer.text(run, arguments.bind("raise_exception", "message").need(0));
    throw new Fault("the template refuses this conversation: " + message);
  }

  private static Object now(Run run, Arguments arguments) {
    String format = arguments.bind("strftime_now", "format").text(0);
    return TimeFormat.format(run, java.time.LocalDateTime.now(run.clock()), format);
  }
}

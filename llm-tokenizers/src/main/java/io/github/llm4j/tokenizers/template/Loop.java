package io.github.llm4j.tokenizers.template;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A loop as its body sees it. Items are taken one by one, and looked at ahead only where the body
 * asks for what is coming: a condition of the loop may depend on what the body did.
 */
final class Loop implements Invocable {
  private final Run run;
  private final int depth;
  private Predicate<Object> wanted;
  private final @Nullable Function<Object, String> recursion;
  private Iterator<Object> items;
  private long index = -1;
  private long length = -1;
  private @Nullable Object previous;
  private @Nullable Object current;
  private @Nullable Object ahead;
  private @Nullable List<Object> changing;

  Loop(
      Run run,
      Object over,
      int depth,
      Predicate<Object> wanted,
      @Nullable Function<Object, String> recursion) {
    this.run = run;
    this.depth = depth;
    this.wanted = wanted;
    this.recursion = recursion;
    this.items = Sequences.iterate(run, over);
  }

  /** Goes to the next item; false if there is none. */
  boolean next() {
    Object item = peek();
    if (item == null) {
      return false;
    }
    ahead = null;
    index++;
    previous = current;
    current = item;
    return true;
  }

  Object item() {
    return current == null ? None.NONE : current;
  }

  private @Nullable Object peek() {
    while (ahead == null && items.hasNext()) {
      run.step();
      Object item = items.next();
      ahead = wanted.test(item) ? item : null;
    }
    return ahead;
  }

  /** How many items there are: looks at all of them. */
  long length() {
    if (length < 0) {
      List<Object> rest = new ArrayList<>();
      for (Object item = peek(); item != null; item = peek()) {
        rest.add(item);
        ahead = null;
      }
      items = rest.iterator();
      wanted = item -> true;
      length = index + 1 + rest.size();
    }
    return length;
  }

  /** An attribute of the loop; null if there is none of this name. */
  @Nullable Object attribute(String name) {
    return switch (name) {
      case "index" -> index + 1;
      case "index0" -> index;
      case "revindex" -> length() - index;
      case "revindex0" -> length() - index - 1;
      case "first" -> index == 0;
      case "last" -> peek() == null;
      case "length" -> length();
      case "depth" -> depth + 1L;
      case "depth0" -> (long) depth;
      case "previtem" -> or(previous, "the item before the first");
      case "nextitem" -> or(peek(), "the item behind the last");
      case "cycle" -> Invocable.of("loop.cycle", (r, a) -> cycle(a.positional()));
      case "changed" -> Invocable.of("loop.changed", (r, a) -> changed(a.positional()));
      default -> null;
    };
  }

  private static Object or(@Nullable Object item, String what) {
    return item == null ? new Undefined(what) : item;
  }

  private Object cycle(List<Object> values) {
    if (values.isEmpty()) {
      throw new Fault("values to cycle through expected, found none.");
    }
    return values.get((int) (index % values.size()));
  }

  private Object changed(List<Object> values) {
    List<Object> before = changing;
    changing = values;
    return before == null || !Comparison.equal(run, before, values);
  }

  @Override
  public String name() {
    return "loop";
  }

  @Override
  public Object call(Run run, Arguments arguments) {
    if (recursion == null) {
      throw new Fault("a loop marked 'recursive' expected where loop() is called, found none.");
    }
    return recursion.apply(arguments.bind("loop", "iterable").need(0));
  }

  String text() {
    return "<LoopContext %d/%d>".formatted(index + 1, length());
  }
}

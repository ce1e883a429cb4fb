package io.github.llm4j.tokenizers.template;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Looping over values, their lengths, and slices. Texts are sequences of code points. */
final class Sequences {
  private Sequences() {}

  /**
   * The items of a value, one by one.
   *
   * @throws Fault if it has none
   */
  @SuppressWarnings("unchecked")
  static Iterator<Object> iterate(Run run, Object value) {
    return switch (value) {
      case String s -> characters(s);
      case List<?> l -> (Iterator<Object>) l.iterator();
      case Map<?, ?> m -> (Iterator<Object>) m.keySet().iterator();
      case View v -> v.items().iterator();
      case Once o -> o.iterator();
      case Undefined u -> Collections.emptyIterator();
      default -> throw Fault.expected("a list, mapping or text to loop over", value);
    };
  }

  private static Iterator<Object> characters(String text) {
    return new Iterator<>() {
      private int at;

      @Override
      public boolean hasNext() {
        return at < text.length();
      }

      @Override
      public Object next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        int from = at;
        at = text.offsetByCodePoints(at, 1);
        return text.substring(from, at);
      }
    };
  }

  /** The items of a value as a list of its own. */
  static List<Object> list(Run run, Object value) {
    List<Object> items = new ArrayList<>();
    Iterator<Object> each = iterate(run, value);
    while (each.hasNext()) {
      run.step();
      items.add(each.next());
    }
    return items;
  }

  /**
   * Python's len().
   *
   * @throws Fault if the value has no length
   */
  static long length(Object value) {
    return switch (value) {
      case String s -> s.codePointCount(0, s.length());
      case List<?> l -> l.size();
      case Map<?, ?> m -> m.size();
      case View v -> v.items().size();
      case Loop l -> l.length();
      case Undefined u -> 0;
      default -> throw Fault.expected("a text, list or mapping that has a length", value);
    };
  }

  /** The item at a place, counted from the end if it is negative; null if there is none. */
  static @Nullable Object at(Run run, Object sequence, Object index) {
    long length = length(sequence);
    long at = Numbers.clamp(index);
    at = at < 0 ? at + length : at;
    if (at < 0 || at >= length) {
      return null;
    }
    if (sequence instanceof String s) {
      run.room(at);
      int from = s.offsetByCodePoints(0, (int) at);
      return s.substring(from, s.offsetByCodePoints(from, 1));
    }
    return ((List<?>) sequence).get((int) at);
  }

  /** Python's {@code value[start:stop:step]}; an absent bound is None. */
  static Object slice(Run run, Object value, Object start, Object stop, Object step) {
    if (value instanceof Undefined u) {
      throw u.fault();
    }
    if (!(value instanceof String) && !(value instanceof List<?>)) {
      throw Fault.expected("a text or list to slice", value);
    }
    int by = step == None.NONE ? 1 : bound(step);
    if (by == 0) {
      throw new Fault("a step other than 0 expected in a slice, found 0.");
    }
    int length = (int) length(value);
    int from = place(start, by > 0 ? 0 : length - 1, length, by);
    int to = place(stop, by > 0 ? length : -1, length, by);
    if (value instanceof String s) {
      return text(run, s, from, to, by);
    }
    if (value instanceof Range range) {
      return range.slice(from, to, by);
    }
    List<?> list = (List<?>) value;
    List<Object> items = new ArrayList<>();
    for (long i = from; by > 0 ? i < to : i > to; i += by) {
      items.add(list.get((int) i));
    }
    run.room(items.size());
    return value instanceof Tuple ? new Tuple(items) : items;
  }

  private static int bound(Object value) {
    if (!Numbers.isInteger(value)) {
      throw Fault.expected("a whole number in a slice", value);
    }
    return Numbers.clamp(value);
  }

  private static int place(Object bound, int otherwise, int length, int step) {
    if (bound == None.NONE) {
      return otherwise;
    }
    long at = bound(bound);
    at = at < 0 ? at + length : at;
    return step > 0 ? Math.clamp(at, 0, length) : Math.clamp(at, -1, length - 1);
  }

  private static String text(Run run, String s, int from, int to, int by) {
    run.room(s.length());
    if (by == 1) {
      int begin = s.offsetByCodePoints(0, Math.min(from, to));
      return from >= to ? "" : s.substring(begin, s.offsetByCodePoints(begin, to - from));
    }
    int[] points = s.codePoints().toArray();
    StringBuilder out = new StringBuilder();
    for (long i = from; by > 0 ? i < to : i > to; i += by) {
      out.appendCodePoint(points[(int) i]);
    }
    return out.toString();
  }
}

package io.github.llm4j.tokenizers.template;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Python's ==, {@code <} and {@code in}. */
final class Comparison {
  private Comparison() {}

  static boolean equal(Run run, Object a, Object b) {
    return equal(run, a, b, 0);
  }

  // Whatever else there is (None, functions, namespaces) equals itself alone, as in Python.
  @SuppressWarnings("ReferenceEquality")
  private static boolean equal(Run run, Object a, Object b, int depth) {
    run.step();
    if (Numbers.isNumber(a) && Numbers.isNumber(b)) {
      return !Numbers.unordered(a, b) && Numbers.compare(a, b) == 0;
    }
    return switch (a) {
      case String s -> s.equals(b);
      case Undefined u -> b instanceof Undefined;
      case List<?> x when b instanceof List<?> y ->
          x instanceof Tuple == y instanceof Tuple
              && x instanceof Range == y instanceof Range
              && x.size() == y.size()
              && lists(run, x, y, deeper(depth));
      case Map<?, ?> x when b instanceof Map<?, ?> y ->
          x.size() == y.size() && maps(run, x, y, deeper(depth));
      default -> a == b;
    };
  }

  static int deeper(int depth) {
    if (depth == TemplateLimits.NESTING) {
      throw new Fault(
          "values nested at most %d deep expected, found deeper ones."
              .formatted(TemplateLimits.NESTING));
    }
    return depth + 1;
  }

  private static boolean lists(Run run, List<?> a, List<?> b, int depth) {
    for (int i = 0; i < a.size(); i++) {
      if (!equal(run, a.get(i), b.get(i), depth)) {
        return false;
      }
    }
    return true;
  }

  private static boolean maps(Run run, Map<?, ?> a, Map<?, ?> b, int depth) {
    for (Map.Entry<?, ?> entry : a.entrySet()) {
      Object other = Keys.get(run, b, entry.getKey());
      if (other == null || !equal(run, entry.getValue(), other, depth)) {
        return false;
      }
    }
    return true;
  }

  /** Whether {@code a operator b}, where the operator is one of {@code == != < <= > >=}. */
  static boolean holds(Run run, String operator, Object a, Object b) {
    if (operator.equals("==")) {
      return equal(run, a, b);
    }
    if (operator.equals("!=")) {
      return !equal(run, a, b);
    }
    Integer order = compare(run, a, b, 0);
    if (order == null) {
      return false;
    }
    return switch (operator) {
      case "<" -> order < 0;
      case "<=" -> order <= 0;
      case ">" -> order > 0;
      default -> order >= 0;
    };
  }

  /** Order for sorting: of what can't be compared, neither is less. */
  static int order(Run run, Object a, Object b) {
    Integer order = compare(run, a, b, 0);
    return order == null ? 0 : order;
  }

  /** Negative, zero or positive; null if a float isn't a number. */
  private static @Nullable Integer compare(Run run, Object a, Object b, int depth) {
    run.step();
    if (Numbers.isNumber(a) && Numbers.isNumber(b)) {
      return Numbers.unordered(a, b) ? null : (Integer) Numbers.compare(a, b);
    }
    if (a instanceof String s && b instanceof String t) {
      return codePoints(s, t);
    }
    boolean lists = a instanceof List<?> && b instanceof List<?>;
    boolean alike = a instanceof Tuple == b instanceof Tuple && !(a instanceof Range);
    if (lists && alike && !(b instanceof Range)) {
      return lists(run, (List<?>) a, deeper(depth), (List<?>) b);
    }
    if (a instanceof Undefined u) {
      throw u.fault();
    }
    if (b instanceof Undefined u) {
      throw u.fault();
    }
    throw new Fault(
        "two values that have an order expected, found %s and %s."
            .formatted(Kinds.show(a), Kinds.show(b)));
  }

  private static @Nullable Integer lists(Run run, List<?> a, int depth, List<?> b) {
    for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
      if (!equal(run, a.get(i), b.get(i), depth)) {
        return compare(run, a.get(i), b.get(i), depth);
      }
    }
    return Integer.compare(a.size(), b.size());
  }

  /** Python orders by code points, Java by chars: they differ behind U+D7FF. */
  private static int codePoints(String a, String b) {
    int shorter = Math.min(a.length(), b.length());
    for (int i = 0; i < shorter; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        boolean mixed = Character.isSurrogate(x) != Character.isSurrogate(y);
        return mixed ? (Character.isSurrogate(x) ? 1 : -1) : Character.compare(x, y);
      }
    }
    return Integer.compare(a.length(), b.length());
  }

  /** Whether {@code item in container}. */
  static boolean contains(Run run, Object container, Object item) {
    return switch (container) {
      case String s when item instanceof String part -> {
        run.room(s.length());
        yield s.contains(part);
      }
      case String s -> throw Fault.expected("a text before 'in' and a text", item);
      case Map<?, ?> map -> Keys.get(run, map, item) != null;
      default -> holds(run, Sequences.iterate(run, container), item);
    };
  }

  private static boolean holds(Run run, Iterator<Object> items, Object wanted) {
    while (items.hasNext()) {
      if (equal(run, items.next(), wanted)) {
        return true;
      }
    }
    return false;
  }
}

package io.github.llm4j.tokenizers.template;

import java.util.Map;

/** Tests: {@code value is name}. */
final class Tests {

  /** Whether a value passes. */
  @FunctionalInterface
  private interface Check {
    boolean holds(Run run, Object value, Bound arguments);
  }

  /** A test with the names of its parameters. */
  private record Entry(String[] parameters, Check check) {}

  private static final Map<String, Entry> TESTS =
      Map.ofEntries(
          test("defined", (r, v, a) -> !(v instanceof Undefined)),
          test("undefined", (r, v, a) -> v instanceof Undefined),
          test("none", (r, v, a) -> v == None.NONE),
          test("boolean", (r, v, a) -> v instanceof Boolean),
          test("true", (r, v, a) -> Boolean.TRUE.equals(v)),
          test("false", (r, v, a) -> Boolean.FALSE.equals(v)),
          test("integer", (r, v, a) -> Numbers.isInteger(v) && !(v instanceof Boolean)),
          test("float", (r, v, a) -> v instanceof Double),
          test("number", (r, v, a) -> Numbers.isNumber(v)),
          test("string", (r, v, a) -> v instanceof String),
          test("mapping", (r, v, a) -> v instanceof Map<?, ?>),
          test("sequence", (r, v, a) -> Kinds.isSequence(v)),
          test("iterable", (r, v, a) -> Kinds.isIterable(v)),
          test("callable", (r, v, a) -> Kinds.isCallable(v)),
          test(
              "lower",
              (r, v, a) ->
                  Letters.cased(
                      Printer.text(r, v), Character::isLowerCase, Character::isUpperCase)),
          test(
              "upper",
              (r, v, a) ->
                  Letters.cased(
                      Printer.text(r, v), Character::isUpperCase, Character::isLowerCase)),
          test("escaped", (r, v, a) -> false),
          test("filter", (r, v, a) -> v instanceof String name && Filters.isKnown(name)),
          test("test", (r, v, a) -> v instanceof String name && isKnown(name)),
          test("odd", (r, v, a) -> Comparison.equal(r, Arithmetic.apply(r, "%", v, 2L), 1L)),
          test("even", (r, v, a) -> Comparison.equal(r, Arithmetic.apply(r, "%", v, 2L), 0L)),
          test(
              "divisibleby",
              (r, v, a) -> Comparison.equal(r, Arithmetic.apply(r, "%", v, a.need(0)), 0L),
              "num"),
          test("sameas", (r, v, a) -> same(v, a.need(0)), "other"),
          test("in", (r, v, a) -> Comparison.contains(r, a.need(0), v), "seq"),
          compare("==", "=="),
          compare("eq", "=="),
          compare("equalto", "=="),
          compare("!=", "!="),
          compare("ne", "!="),
          compare(">", ">"),
          compare("gt", ">"),
          compare("greaterthan", ">"),
          compare(">=", ">="),
          compare("ge", ">="),
          compare("<", "<"),
          compare("lt", "<"),
          compare("lessthan", "<"),
          compare("<=", "<="),
          compare("le", "<="));

  private Tests() {}

  private static Map.Entry<String, Entry> test(String name, Check check, String... parameters) {
    return Map.entry(name, new Entry(parameters, check));
  }

  private static Map.Entry<String, Entry> compare(String name, String operator) {
    return test(name, (r, v, a) -> Comparison.holds(r, operator, v, a.need(0)), "other");
  }

  /**
   * Booleans and None are the same wherever they come from; so are small numbers and texts here.
   */
  @SuppressWarnings("ReferenceEquality")
  private static boolean same(Object a, Object b) {
    return a == b
        || !(a instanceof java.util.List<?>)
            && a.getClass() == b.getClass()
            && scalar(a)
            && a.equals(b);
  }

  private static boolean scalar(Object value) {
    return value instanceof Boolean || value instanceof Long || value instanceof String;
  }

  static boolean isKnown(String name) {
    return TESTS.containsKey(name);
  }

  static boolean apply(Run run, String name, Object value, Arguments arguments) {
    Entry entry = TESTS.get(name);
    if (entry == null) {
      throw new Fault(
          "a test expected behind 'is', found '%s'. Known: %s."
              .formatted(name, String.join(" ", TESTS.keySet().stream().sorted().toList())));
    }
    return entry.check().holds(run, value, arguments.bind("test " + name, entry.parameters()));
  }
}

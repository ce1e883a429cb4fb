package io.github.llm4j.tokenizers.template;

import org.jspecify.annotations.Nullable;

/** Arguments by parameter, read with their type checked. */
final class Bound {
  private final String what;
  private final String[] parameters;
  private final @Nullable Object[] values;

  Bound(String what, String[] parameters, @Nullable Object[] values) {
    this.what = what;
    this.parameters = parameters;
    this.values = values;
  }

  /** Whether there is a value, which may be None. */
  boolean has(int index) {
    return values[index] != null;
  }

  /** Whether there is a value other than None. */
  boolean some(int index) {
    return has(index) && values[index] != None.NONE;
  }

  Object get(int index, Object otherwise) {
    Object value = values[index];
    return value == null ? otherwise : value;
  }

  Object need(int index) {
    Object value = values[index];
    if (value == null) {
      throw new Fault(
          "an argument '%s' expected for %s, found none.".formatted(parameters[index], what));
    }
    return value;
  }

  String text(int index) {
    if (need(index) instanceof String text) {
      return text;
    }
    throw wrong(index, "a text");
  }

  String text(int index, String otherwise) {
    return has(index) ? text(index) : otherwise;
  }

  /** A whole number that fits an int; a larger one becomes the largest, a smaller the smallest. */
  int integer(int index) {
    Object value = need(index);
    if (!Numbers.isInteger(value)) {
      throw wrong(index, "a whole number");
    }
    return Numbers.clamp(value);
  }

  int integer(int index, int otherwise) {
    return has(index) ? integer(index) : otherwise;
  }

  boolean truth(int index, boolean otherwise) {
    return has(index) ? Kinds.truth(need(index)) : otherwise;
  }

  Fault wrong(int index, String expected) {
    return Fault.expected(expected + " as '" + parameters[index] + "' of " + what, need(index));
  }
}

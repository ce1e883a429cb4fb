package io.github.llm4j.tokenizers.template;

import java.util.List;

/** Python's {@code 'text {} {name}'.format(values)}. */
final class BraceFormat {
  private final Run run;
  private final Arguments arguments;
  private int used;

  private BraceFormat(Run run, Arguments arguments) {
    this.run = run;
    this.arguments = arguments;
  }

  static String apply(Run run, String format, Arguments arguments) {
    return new BraceFormat(run, arguments).format(format, 0);
  }

  private String format(String format, int depth) {
    if (depth > 1) {
      throw new Fault("fields nested at most once expected in a format, found a deeper one.");
    }
    StringBuilder out = new StringBuilder();
    for (int at = 0; at < format.length(); at++) {
      char c = format.charAt(at);
      boolean twice = at + 1 < format.length() && format.charAt(at + 1) == c;
      if ((c == '{' || c == '}') && twice) {
        out.append(c);
        at++;
      } else if (c == '}') {
        throw new Fault("'}}' expected in a format, found a single '}'.");
      } else if (c == '{') {
        int end = end(format, at);
        out.append(field(format.substring(at + 1, end), depth));
        run.fits(out.length());
        run.step();
        at = end;
      } else {
        out.append(c);
      }
    }
    run.room(out.length());
    return out.toString();
  }

  private static int end(String format, int open) {
    int depth = 0;
    for (int i = open; i < format.length(); i++) {
      char c = format.charAt(i);
      depth += c == '{' ? 1 : c == '}' ? -1 : 0;
      if (depth == 0) {
        return i;
      }
    }
    throw new Fault("'}' expected in a format, found its end.");
  }

  private String field(String field, int depth) {
    int colon = separator(field, ':');
    String head = field.substring(0, colon);
    int mark = separator(head, '!');
    Object value = value(head.substring(0, mark));
    if (mark < head.length()) {
      String conversion = head.substring(mark + 1);
      value =
          switch (conversion) {
            case "s" -> Printer.text(run, value);
            case "r", "a" -> Printer.repr(run, value);
            default -> throw Fault.expected("!r or !s in a format", "!" + conversion);
          };
    }
    // Behind the value, because both may take the next argument.
    String specification =
        colon == field.length() ? "" : format(field.substring(colon + 1), depth + 1);
    return FormatSpecification.apply(run, value, specification);
  }

  /** Where a character stands outside of brackets; the length if it doesn't. */
  private static int separator(String text, char wanted) {
    boolean inside = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      inside = c == '[' || inside && c != ']';
      if (c == wanted && !inside) {
        return i;
      }
    }
    return text.length();
  }

  private Object value(String path) {
    int end = 0;
    while (end < path.length() && path.charAt(end) != '.' && path.charAt(end) != '[') {
      end++;
    }
    Object value = first(path.substring(0, end));
    while (end < path.length()) {
      int from = end + 1;
      boolean bracket = path.charAt(end) == '[';
      end = from;
      while (end < path.length()
          && (bracket ? path.charAt(end) != ']' : ".[".indexOf(path.charAt(end)) < 0)) {
        end++;
      }
      String name = path.substring(from, end);
      value = bracket ? Access.item(run, value, number(name)) : Access.attribute(run, value, name);
      end += bracket ? 1 : 0;
      run.step();
    }
    return value;
  }

  private Object first(String name) {
    Object key = name.isEmpty() ? (Object) (long) used++ : number(name);
    if (key instanceof Long index) {
      List<Object> all = arguments.positional();
      if (index >= all.size()) {
        throw new Fault(
            "a value %d expected by a format, found %d of them.".formatted(index, all.size()));
      }
      return all.get((int) (long) index);
    }
    Object value = arguments.named().get(name);
    if (value == null) {
      throw new Fault("a value '%s' expected by a format, found none.".formatted(name));
    }
    return value;
  }

  private static Object number(String name) {
    boolean digits =
        !name.isEmpty() && name.length() < 10 && name.chars().allMatch(c -> c >= '0' && c <= '9');
    return digits ? (Object) Long.parseLong(name) : name;
  }
}

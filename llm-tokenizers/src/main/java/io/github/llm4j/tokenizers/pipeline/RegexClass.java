package io.github.llm4j.tokenizers.pipeline;

import org.jspecify.annotations.Nullable;

/** Translates a class of characters, {@code [a-z&&[^b]]}, whose bracket was read. */
final class RegexClass {
  private static final int DEEPEST = 100;

  private final RegexReader in;
  private final int depth;
  private final StringBuilder out = new StringBuilder();

  RegexClass(RegexReader in, int depth) {
    this.in = in;
    this.depth = depth;
    if (depth > DEEPEST) {
      throw in.refuse("at most " + DEEPEST + " classes within one another", "one more");
    }
  }

  String java() {
    boolean not = in.take('^');
    StringBuilder parts = new StringBuilder();
    boolean several = false;
    boolean first = true;
    while (true) {
      int c = in.next();
      if (c == ']' && !(first && in.holds(']'))) {
        break;
      }
      first = false;
      if (c == '&' && in.take('&')) {
        parts.append(operand()).append("&&");
        several = true;
      } else {
        item(c);
      }
    }
    String last = operand();
    String whole = several ? "[" + parts + last + "]" : last;
    return not ? "[^" + whole + "]" : whole;
  }

  private String operand() {
    if (out.isEmpty()) {
      throw in.refuse("a class of characters", "an empty one");
    }
    String operand = "[" + out + "]";
    out.setLength(0);
    return operand;
  }

  private void item(int c) {
    if (c == '[') {
      out.append(
          in.startsWith(":") && in.holds(':') ? posix() : new RegexClass(in, depth + 1).java());
      return;
    }
    @Nullable String set = c == '\\' ? set() : null;
    if (set != null) {
      out.append(set);
      return;
    }
    int from = c == '\\' ? character() : c;
    RegexNames.letter(from, out);
    if (!in.startsWith("-") || in.startsWith("-]") || in.startsWith("-[")) {
      return; // a minus that is no range comes as a character of its own
    }
    in.take('-');
    int end = in.next();
    @Nullable String behind = end == '\\' ? set() : null;
    if (behind != null) {
      out.append("\\-").append(behind);
      return;
    }
    int to = end == '\\' ? character() : end;
    if (to < from) {
      throw in.refuse("a range in order", "one from greater to less");
    }
    RegexNames.letter(to, out.append('-'));
  }

  private String posix() {
    in.take(':');
    boolean not = in.take('^');
    String name = in.until(':');
    @Nullable String set = RegexNames.posix(name);
    if (set == null || !in.take(']')) {
      throw in.refuse("a name of POSIX's, as [:alpha:],", "[:" + name + ":");
    }
    return not ? "[^" + set + "]" : set;
  }

  /** The class that an escape stands for; null, and it isn't read, if it stands for a character. */
  private @Nullable String set() {
    if (!in.more()) {
      return null;
    }
    int c = in.peek();
    @Nullable String set = RegexNames.escapedClass(c);
    if (set != null) {
      in.next();
      return set;
    }
    if (c == 'p' || c == 'P') {
      in.next();
      return in.property(c == 'P');
    }
    return null;
  }

  private int character() {
    int c = in.next();
    if (c == 'R' || c == 'X' || c == 'C' || c == 'M') {
      throw in.refuse("an escape that is known in a class", "\\" + Character.toString(c));
    }
    return c == 'b' ? '\b' : in.escaped(c);
  }
}

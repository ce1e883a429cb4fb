package io.github.llm4j.tokenizers.pipeline;

import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Translates a regular expression of Oniguruma's own syntax (doc/RE of Oniguruma 6.9) into Java's.
 * What means the same in both is written so that Java can't read it in another way; what Java can't
 * do is refused.
 */
final class RegexTranslation {
  private static final int DEEPEST = 100;
  private static final int MOST_REPEATS = 100_000;

  private final String where;
  private final RegexReader in;
  private final StringBuilder out = new StringBuilder();

  /** Numbers of named groups; if there are any, the others have none. */
  private final Map<String, Integer> names = new HashMap<>();

  private final boolean named;
  private final boolean backreferences;
  private int groups;
  private int depth;
  private boolean extended;

  RegexTranslation(String where, String expression) {
    this.where = where;
    this.in = new RegexReader(expression, this::refuse);
    this.named = expression.matches("(?s).*\\(\\?<[^=!].*");
    this.backreferences = expression.matches("(?s).*\\\\[1-9k].*");
  }

  /** The expression in Java's syntax. */
  String java() {
    alternatives();
    if (in.more()) {
      throw refuse("a group that ends at this ')'", ")");
    }
    return out.toString();
  }

  private LlmException refuse(String expected, String found) {
    return new LlmException(
        ErrorKind.USER,
        "%s: %s expected, found %s at character %d of \"%s\". %s"
            .formatted(
                where,
                expected,
                found,
                in.at() + 1,
                in.expression(),
                "Mend the file, or write the expression in another way."));
  }

  /** Alternatives up to the end or a closing parenthesis, which isn't read. */
  private void alternatives() {
    if (++depth > DEEPEST) {
      throw refuse("at most " + DEEPEST + " groups within one another", "one more");
    }
    boolean before = extended;
    int isolated = 0;
    boolean repeatable = false;
    int atom = out.length();
    while (in.more() && in.peek() != ')') {
      int c = in.next();
      if (extended && skipped(c)) {
        continue;
      }
      if (isQuantifier(c)) {
        if (!repeatable) {
          throw refuse("something to repeat", "'" + Character.toString(c) + "' alone");
        }
        quantifier(c, atom);
        continue;
      }
      atom = out.length();
      repeatable = true;
      switch (c) {
        case '|' -> {
          out.append('|');
          repeatable = false;
        }
        case '(' -> {
          String head = group();
          if (head.isEmpty()) {
            repeatable = false; // a comment, or nothing but options
          } else if (head.startsWith("+")) {
            out.append(head, 1, head.length()); // options for all that follows in this group
            isolated++;
            repeatable = false;
          }
        }
        case '[' -> out.append(new RegexClass(in, 0).java());
        case '\\' -> escape();
        case '.' -> out.append('.');
        case '^', '$' -> out.append((char) c);
        default -> RegexNames.letter(c, out);
      }
    }
    out.append(")".repeat(isolated));
    extended = before;
    depth--;
  }

  private boolean skipped(int c) {
    if (c == '#') {
      while (in.more() && in.next() != '\n') {}
      return true;
    }
    return c == ' ' || (c >= '\t' && c <= '\r');
  }

  private boolean isQuantifier(int c) {
    return c == '*' || c == '+' || c == '?' || (c == '{' && in.interval() != null);
  }

  /** One quantifier; others may follow, which repeat what it repeats. */
  private void quantifier(int c, int atom) {
    if (in.repeated(atom)) {
      out.insert(atom, "(?:").append(')');
    }
    in.repeat(atom);
    if (c != '{') {
      out.append((char) c);
      if (in.take('?')) {
        out.append('?');
      } else if (in.take('+')) {
        out.append('+');
      }
      return;
    }
    int @Nullable [] interval = in.interval();
    if (interval == null) {
      throw new IllegalStateException("no interval");
    }
    in.skip(interval[2]);
    int least = interval[0];
    int most = interval[1];
    if (least > MOST_REPEATS || most > MOST_REPEATS || (most >= 0 && least > most)) {
      throw refuse(
          "bounds of a repetition in order, at most " + MOST_REPEATS, least + " and " + most);
    }
    out.append('{').append(least);
    if (most != least) {
      out.append(',');
      if (most >= 0) {
        out.append(most);
      }
    }
    out.append('}');
    if (in.take('?')) { // after a fixed number it means "or not at all"
      if (most == least) {
        out.insert(atom, "(?:").append(')');
      }
      out.append('?');
    }
  }

  /** What begins with a parenthesis; gives what {@link #alternatives} must know of it. */
  private String group() {
    String open;
    if (!in.take('?')) {
      if (in.more() && in.peek() == '*') {
        throw refuse("a group", "a callout, (*");
      }
      if (backreferences && !named) {
        groups++;
        open = "(";
      } else {
        open = "(?:";
      }
    } else if (in.take('#')) {
      while (!in.take(')')) {
        if (in.next() == '\\') {
          in.next();
        }
      }
      return "";
    } else if (in.take(':')) {
      open = "(?:";
    } else if (in.take('=')) {
      open = "(?=";
    } else if (in.take('!')) {
      open = "(?!";
    } else if (in.take('>')) {
      open = "(?>";
    } else if (in.take('<')) {
      open = lookBehindOrName();
    } else {
      return options();
    }
    body(open);
    return "group";
  }

  private void body(String open) {
    out.append(open);
    alternatives();
    close();
  }

  private void close() {
    if (!in.take(')')) {
      throw refuse("')'", "the end");
    }
    out.append(')');
  }

  private String lookBehindOrName() {
    if (in.take('=')) {
      return "(?<=";
    }
    if (in.take('!')) {
      return "(?<!";
    }
    String name = in.until('>');
    if (names.putIfAbsent(name, ++groups) != null) {
      throw refuse("names of one group each", "<" + name + "> twice");
    }
    return "(";
  }

  /** {@code (?i)} for the rest of the group around it, {@code (?i:…)} for its own. */
  private String options() {
    StringBuilder java = new StringBuilder("(?");
    boolean free = extended;
    boolean on = true;
    while (true) {
      int c = in.next();
      switch (c) {
        case '-' -> {
          on = false;
          java.append('-');
        }
        case 'i' -> java.append('i');
        case 'm' -> java.append('s'); // a dot is a line end too
        case 'x' -> free = on;
        case ')', ':' -> {
          boolean before = extended;
          extended = free;
          String head = java.append(':').toString().replace("-:", ":");
          if (c == ')') {
            return "+" + head;
          }
          body(head);
          extended = before;
          return "group";
        }
        default ->
            throw refuse(
                "a group, or the options i, m, x",
                "(?" + Character.toString(c) + ", not known here");
      }
    }
  }

  private void escape() {
    int c = in.next();
    @Nullable String set = RegexNames.escapedClass(c);
    if (set != null) {
      out.append(set);
      return;
    }
    switch (c) {
      case 'p', 'P' -> out.append(in.property(c == 'P'));
      case 'b' -> out.append(RegexNames.BORDER);
      case 'B' -> out.append("(?!").append(RegexNames.BORDER).append(')');
      case 'A' -> out.append("\\A");
      case 'Z' -> out.append("\\Z");
      case 'z' -> out.append("\\z");
      case 'R' -> out.append("(?>\\r\\n|[\\n-\\r\\x{85}\\x{2028}\\x{2029}])");
      case 'N' -> out.append("[^\\n]");
      case 'O' -> out.append("(?s:.)");
      case 'X' -> out.append("\\X");
      case 'k' -> {
        if (!in.take('<')) {
          throw refuse("\\k<name>", "\\k");
        }
        String name = in.until('>');
        @Nullable Integer number = names.get(name);
        if (number == null) {
          throw refuse("a group of this name before", "\\k<" + name + ">");
        }
        out.append("(?:\\").append(number.intValue()).append(')');
      }
      case '1', '2', '3', '4', '5', '6', '7', '8', '9' -> {
        int number = c - '0';
        if (named || number > groups || (in.more() && in.peek() >= '0' && in.peek() <= '9')) {
          throw refuse("the number, below 10, of a group before", "\\" + number);
        }
        out.append("(?:\\").append(number).append(')');
      }
      case 'G', 'K', 'g', 'y', 'Y', 'C', 'M' ->
          throw refuse("an escape that is known here", "\\" + Character.toString(c));
      default -> RegexNames.letter(in.escaped(c), out);
    }
  }
}

package io.github.llm4j.tokenizers.pipeline;

import io.github.llm4j.api.error.LlmException;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Reads a regular expression character by character. */
final class RegexReader {
  private final String expression;
  private final BiFunction<String, String, LlmException> refusal;
  private int at;

  /** Where in the translation the last thing begins that was repeated. */
  private int repeated = -1;

  /**
   * A reader at the beginning.
   *
   * @param refusal makes the error of what is expected and what was found
   */
  RegexReader(String expression, BiFunction<String, String, LlmException> refusal) {
    this.expression = expression;
    this.refusal = refusal;
  }

  String expression() {
    return expression;
  }

  int at() {
    return expression.codePointCount(0, Math.min(at, expression.length()));
  }

  LlmException refuse(String expected, String found) {
    return refusal.apply(expected, found);
  }

  boolean more() {
    return at < expression.length();
  }

  int peek() {
    return expression.codePointAt(at);
  }

  int next() {
    if (!more()) {
      throw refuse("a whole regular expression", "its end");
    }
    int c = peek();
    at += Character.charCount(c);
    return c;
  }

  void skip(int chars) {
    at += chars;
  }

  /** Whether this char comes next, which is then read. */
  boolean take(char c) {
    if (more() && expression.charAt(at) == c) {
      at++;
      return true;
    }
    return false;
  }

  boolean startsWith(String text) {
    return expression.startsWith(text, at);
  }

  /** Whether this stands somewhere behind. */
  boolean holds(char c) {
    return expression.indexOf(c, at) >= 0;
  }

  /** What stands before a char, which is read too. */
  String until(char c) {
    int end = expression.indexOf(c, at);
    if (end < 0) {
      throw refuse("'" + c + "'", "the end");
    }
    String text = expression.substring(at, end);
    at = end + 1;
    return text;
  }

  void repeat(int atom) {
    repeated = atom;
  }

  boolean repeated(int atom) {
    return repeated == atom;
  }

  /**
   * The repetition whose brace was read: least, most (-1 for any number) and the chars up to its
   * end; null if it is none but the brace itself.
   */
  int @Nullable [] interval() {
    int end = expression.indexOf('}', at);
    if (end < 0 || end - at > 20) {
      return null;
    }
    String text = expression.substring(at, end);
    if (!text.matches("[0-9]{1,9}(,[0-9]{0,9})?|,[0-9]{1,9}")) {
      return null;
    }
    int comma = text.indexOf(',');
    int least = comma == 0 ? 0 : Integer.parseInt(comma < 0 ? text : text.substring(0, comma));
    int most = least;
    if (comma >= 0) {
      most = comma + 1 == text.length() ? -1 : Integer.parseInt(text.substring(comma + 1));
    }
    return new int[] {least, most, end + 1 - at};
  }

  /** The property of characters behind {@code \p} or {@code \P}, as a class of Java's. */
  String property(boolean not) {
    if (!take('{')) {
      throw refuse("\\p{Name}", "\\p without braces");
    }
    boolean other = take('^');
    String name = until('}');
    @Nullable String set = RegexNames.property(name);
    if (set == null) {
      throw refuse("a property that is known here", "\\p{" + name + "}");
    }
    return not != other ? "[^" + set + "]" : set;
  }

  /** The character that an escape other than a class stands for. */
  int escaped(int c) {
    return switch (c) {
      case 't' -> '\t';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 'f' -> '\f';
      case 'v' -> 0x0B;
      case 'a' -> 7;
      case 'e' -> 0x1B;
      case 'x' -> take('{') ? number(until('}'), 16) : digits(2, 16);
      case 'u' -> digits(4, 16);
      case 'o' -> take('{') ? number(until('}'), 8) : 'o';
      case 'c' -> next() & 0x1F;
      case '0', '1', '2', '3', '4', '5', '6', '7' -> {
        at--;
        yield digits(3, 8);
      }
      default -> c;
    };
  }

  private int digits(int most, int radix) {
    int end = at;
    while (end < expression.length()
        && end < at + most
        && Character.digit(expression.charAt(end), radix) >= 0) {
      end++;
    }
    String text = expression.substring(at, end);
    at = end;
    return number(text, radix);
  }

  private int number(String digits, int radix) {
    try {
      int c = Integer.parseInt(digits, radix);
      if (Character.isValidCodePoint(c) && !Surrogates.isSurrogate(c)) {
        return c;
      }
    } catch (NumberFormatException e) {
      // refused below
    }
    throw refuse("the number of a character", "'" + digits + "'");
  }
}

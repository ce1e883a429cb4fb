package io.github.llm4j.tokenizers.template;

import java.util.function.IntPredicate;

/** What Python takes a code point for. */
final class Letters {
  private Letters() {}

  static boolean isSpace(int c) {
    return c == ' '
        || c >= '\t' && c <= '\r'
        || c >= 0x1c && c <= 0x1f
        || c == 0x85
        || c > 0x85 && Character.isSpaceChar(c);
  }

  static boolean isPrintable(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SPACE_SEPARATOR ->
          false;
      default -> true;
    };
  }

  /** Where str.splitlines() ends a line. */
  static boolean isLineEnd(char c) {
    return c >= '\n' && c <= '\r'
        || c >= 0x1c && c <= 0x1e
        || c == 0x85
        || c == 0x2028
        || c == 0x2029;
  }

  /** Whether there are code points, and all are as wanted. */
  static boolean all(String text, IntPredicate wanted) {
    return !text.isEmpty() && text.codePoints().allMatch(wanted);
  }

  /** Whether there are letters with case, and all of them have this one. */
  static boolean cased(String text, IntPredicate wanted, IntPredicate unwanted) {
    return text.codePoints().anyMatch(wanted)
        && text.codePoints().noneMatch(c -> unwanted.test(c) || Character.isTitleCase(c));
  }

  /** The text without the code points at its ends that are to be taken off. */
  static String strip(String text, boolean left, boolean right, IntPredicate off) {
    int from = 0;
    int to = text.length();
    while (left && from < to && off.test(text.codePointAt(from))) {
      from += Character.charCount(text.codePointAt(from));
    }
    while (right && to > from && off.test(text.codePointBefore(to))) {
      to -= Character.charCount(text.codePointBefore(to));
    }
    return text.substring(from, to);
  }
}

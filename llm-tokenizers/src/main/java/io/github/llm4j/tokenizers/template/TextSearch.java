package io.github.llm4j.tokenizers.template;

import java.util.List;

/** Finding texts in texts; places are counted in code points. */
final class TextSearch {
  private TextSearch() {}

  /**
   * A range of chars, from a start and an end in code points; empty and from above the end if not.
   */
  private record Part(int from, int to) {}

  private static Part part(String text, Bound arguments) {
    int length = text.codePointCount(0, text.length());
    int start = arguments.some(1) ? arguments.integer(1) : 0;
    int end = arguments.some(2) ? arguments.integer(2) : length;
    long from = start < 0 ? Math.max(0, (long) start + length) : start;
    long to = Math.min(length, end < 0 ? Math.max(0, (long) end + length) : end);
    if (from > to) {
      return new Part(1, 0);
    }
    int first = text.offsetByCodePoints(0, (int) from);
    return new Part(first, text.offsetByCodePoints(first, (int) (to - from)));
  }

  static boolean affix(String text, Bound arguments, boolean prefix) {
    Part part = part(text, arguments);
    Object wanted = arguments.need(0);
    List<?> all = wanted instanceof Tuple t ? t : List.of(wanted);
    for (Object each : all) {
      if (!(each instanceof String affix)) {
        throw arguments.wrong(0, "a text or a tuple of texts");
      }
      int at = prefix ? part.from() : part.to() - affix.length();
      boolean fits = at >= part.from() && at + affix.length() <= part.to();
      if (fits && text.startsWith(affix, at)) {
        return true;
      }
    }
    return false;
  }

  static long find(String text, Bound arguments, boolean last) {
    String wanted = arguments.text(0);
    Part part = part(text, arguments);
    if (part.from() > part.to()) {
      return -1;
    }
    String inside = text.substring(part.from(), part.to());
    int at = last ? inside.lastIndexOf(wanted) : inside.indexOf(wanted);
    return at < 0 ? -1 : text.codePointCount(0, part.from() + at);
  }

  static long index(String text, Bound arguments, boolean last) {
    long at = find(text, arguments, last);
    if (at < 0) {
      throw Fault.expected("a text that holds " + Kinds.show(arguments.need(0)), text);
    }
    return at;
  }

  static long count(Run run, String text, Bound arguments) {
    String wanted = arguments.text(0);
    Part part = part(text, arguments);
    if (part.from() > part.to()) {
      return 0;
    }
    String inside = text.substring(part.from(), part.to());
    if (wanted.isEmpty()) {
      return inside.codePointCount(0, inside.length()) + 1L;
    }
    long count = 0;
    for (int at = inside.indexOf(wanted);
        at >= 0;
        at = inside.indexOf(wanted, at + wanted.length())) {
      count++;
    }
    return count;
  }
}

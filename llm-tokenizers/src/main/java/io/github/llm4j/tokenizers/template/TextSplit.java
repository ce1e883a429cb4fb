package io.github.llm4j.tokenizers.template;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Cutting texts into parts. */
final class TextSplit {
  private TextSplit() {}

  /** Python's split and rsplit: at a separator, or at runs of blanks if there is none. */
  static Object split(Run run, String text, Bound arguments, boolean right) {
    int limit = arguments.integer(1, -1);
    int most = limit < 0 ? Integer.MAX_VALUE : limit;
    List<Object> parts =
        arguments.some(0)
            ? at(run, text, arguments.text(0), most, right)
            : blanks(run, text, most, right);
    if (right) {
      Collections.reverse(parts);
    }
    return parts;
  }

  private static List<Object> at(Run run, String text, String separator, int most, boolean right) {
    if (separator.isEmpty()) {
      throw new Fault("a separator that isn't empty expected, found ''.");
    }
    List<Object> parts = new ArrayList<>();
    int from = 0;
    int to = text.length();
    while (parts.size() < most) {
      run.step();
      int at = right ? before(text, separator, to) : text.indexOf(separator, from);
      if (at < 0) {
        break;
      }
      parts.add(right ? text.substring(at + separator.length(), to) : text.substring(from, at));
      from = right ? from : at + separator.length();
      to = right ? at : to;
    }
    parts.add(text.substring(from, to));
    return parts;
  }

  /** The last place of a text that ends before a place. */
  private static int before(String text, String wanted, int end) {
    return end < wanted.length() ? -1 : text.lastIndexOf(wanted, end - wanted.length());
  }

  /** Words from one side; what is left when there are enough keeps the blanks of the other. */
  private static List<Object> blanks(Run run, String text, int most, boolean right) {
    List<Object> parts = new ArrayList<>();
    int from = 0;
    int to = text.length();
    while (true) {
      run.step();
      while (from < to && Letters.isSpace(text.charAt(right ? to - 1 : from))) {
        from += right ? 0 : 1;
        to -= right ? 1 : 0;
      }
      if (from == to) {
        return parts;
      }
      if (parts.size() == most) {
        parts.add(text.substring(from, to));
        return parts;
      }
      int at = right ? to : from;
      while (right ? at > from : at < to) {
        if (Letters.isSpace(text.charAt(right ? at - 1 : at))) {
          break;
        }
        at += right ? -1 : 1;
      }
      parts.add(right ? text.substring(at, to) : text.substring(from, at));
      from = right ? from : at;
      to = right ? at : to;
    }
  }

  static List<Object> lines(Run run, String text, boolean keep) {
    List<Object> lines = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < text.length(); i++) {
      if (!Letters.isLineEnd(text.charAt(i))) {
        continue;
      }
      int end = text.charAt(i) == '\r' && text.startsWith("\n", i + 1) ? i + 2 : i + 1;
      lines.add(text.substring(from, keep ? end : i));
      run.step();
      from = end;
      i = end - 1;
    }
    if (from < text.length()) {
      lines.add(text.substring(from));
    }
    return lines;
  }

  static Object partition(String whole, String separator, boolean right) {
    if (separator.isEmpty()) {
      throw new Fault("a separator that isn't empty expected, found ''.");
    }
    int at = right ? whole.lastIndexOf(separator) : whole.indexOf(separator);
    if (at < 0) {
      return right ? Tuple.of("", "", whole) : Tuple.of(whole, "", "");
    }
    return Tuple.of(whole.substring(0, at), separator, whole.substring(at + separator.length()));
  }

  static String tabs(Run run, String text, int size) {
    StringBuilder out = new StringBuilder();
    int column = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\t') {
        int blanks = size <= 0 ? 0 : size - column % size;
        run.fits((long) out.length() + blanks);
        out.repeat(' ', blanks);
        column += blanks;
      } else {
        out.append(c);
        column = c == '\n' || c == '\r' ? 0 : column + (Character.isLowSurrogate(c) ? 0 : 1);
      }
    }
    return out.toString();
  }
}

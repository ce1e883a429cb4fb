package io.github.llm4j.tokenizers.template;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Methods of texts, as Python's str has them. */
final class TextMethods {

  /** What a method does with a text and its arguments. */
  @FunctionalInterface
  private interface Method {
    Object apply(Run run, String text, Bound arguments);
  }

  /** A method with the names of its parameters. */
  private record Entry(String[] parameters, Method method) {}

  private static final Map<String, Entry> METHODS =
      Map.ofEntries(
          method("upper", (r, s, a) -> s.toUpperCase(Locale.ROOT)),
          method("lower", (r, s, a) -> s.toLowerCase(Locale.ROOT)),
          method("casefold", (r, s, a) -> s.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT)),
          method("capitalize", (r, s, a) -> TextCase.capitalize(s)),
          method("title", (r, s, a) -> TextCase.title(s)),
          method("swapcase", (r, s, a) -> TextCase.swap(s)),
          method("strip", (r, s, a) -> strip(s, a, true, true), "chars"),
          method("lstrip", (r, s, a) -> strip(s, a, true, false), "chars"),
          method("rstrip", (r, s, a) -> strip(s, a, false, true), "chars"),
          method("split", (r, s, a) -> TextSplit.split(r, s, a, false), "sep", "maxsplit"),
          method("rsplit", (r, s, a) -> TextSplit.split(r, s, a, true), "sep", "maxsplit"),
          method("splitlines", (r, s, a) -> TextSplit.lines(r, s, a.truth(0, false)), "keepends"),
          method("partition", (r, s, a) -> TextSplit.partition(s, a.text(0), false), "sep"),
          method("rpartition", (r, s, a) -> TextSplit.partition(s, a.text(0), true), "sep"),
          method("startswith", (r, s, a) -> TextSearch.affix(s, a, true), "prefix", "start", "end"),
          method("endswith", (r, s, a) -> TextSearch.affix(s, a, false), "suffix", "start", "end"),
          method("find", (r, s, a) -> TextSearch.find(s, a, false), "sub", "start", "end"),
          method("rfind", (r, s, a) -> TextSearch.find(s, a, true), "sub", "start", "end"),
          method("index", (r, s, a) -> TextSearch.index(s, a, false), "sub", "start", "end"),
          method("rindex", (r, s, a) -> TextSearch.index(s, a, true), "sub", "start", "end"),
          method("count", (r, s, a) -> TextSearch.count(r, s, a), "sub", "start", "end"),
          method(
              "replace",
              (r, s, a) -> replace(r, s, a.text(0), a.text(1), a.integer(2, -1)),
              "old",
              "new",
              "count"),
          method(
              "removeprefix",
              (r, s, a) -> s.startsWith(a.text(0)) ? s.substring(a.text(0).length()) : s,
              "prefix"),
          method(
              "removesuffix",
              (r, s, a) ->
                  s.endsWith(a.text(0)) ? s.substring(0, s.length() - a.text(0).length()) : s,
              "suffix"),
          method("join", (r, s, a) -> join(r, s, Sequences.list(r, a.need(0)), true), "iterable"),
          method(
              "ljust",
              (r, s, a) -> pad(r, s, a.integer(0), a.text(1, " "), 0),
              "width",
              "fillchar"),
          method(
              "rjust",
              (r, s, a) -> pad(r, s, a.integer(0), a.text(1, " "), 1),
              "width",
              "fillchar"),
          method(
              "center",
              (r, s, a) -> center(r, s, a.integer(0), a.text(1, " ")),
              "width",
              "fillchar"),
          method("zfill", (r, s, a) -> zeros(r, s, a.integer(0)), "width"),
          method("expandtabs", (r, s, a) -> TextSplit.tabs(r, s, a.integer(0, 8)), "tabsize"),
          method("isspace", (r, s, a) -> Letters.all(s, Letters::isSpace)),
          method("isalpha", (r, s, a) -> Letters.all(s, Character::isLetter)),
          method("isdigit", (r, s, a) -> Letters.all(s, TextCase::isDigit)),
          method("isdecimal", (r, s, a) -> Letters.all(s, Character::isDigit)),
          method("isnumeric", (r, s, a) -> Letters.all(s, TextCase::isNumeric)),
          method(
              "isalnum",
              (r, s, a) -> Letters.all(s, c -> Character.isLetter(c) || TextCase.isNumeric(c))),
          method("isascii", (r, s, a) -> s.chars().allMatch(c -> c < 128)),
          method(
              "islower",
              (r, s, a) -> Letters.cased(s, Character::isLowerCase, Character::isUpperCase)),
          method(
              "isupper",
              (r, s, a) -> Letters.cased(s, Character::isUpperCase, Character::isLowerCase)),
          method("istitle", (r, s, a) -> TextCase.isTitle(s)),
          method(
              "isprintable",
              (r, s, a) -> s.isEmpty() || Letters.all(s, c -> c == ' ' || Letters.isPrintable(c))),
          method("isidentifier", (r, s, a) -> TextCase.isIdentifier(s)));

  private TextMethods() {}

  private static Map.Entry<String, Entry> method(String name, Method method, String... parameters) {
    return Map.entry(name, new Entry(parameters, method));
  }

  static @Nullable Invocable find(String text, String name) {
    if (name.equals("format")) {
      return Invocable.of("str.format", (run, a) -> BraceFormat.apply(run, text, a));
    }
    Entry entry = METHODS.get(name);
    if (entry == null) {
      return null;
    }
    return Invocable.of(
        "str." + name,
        (run, arguments) -> {
          // Each of them reads the text at most a few times, and makes one not much longer.
          run.room(text.length());
          Bound bound = arguments.bind("str." + name, entry.parameters());
          Object result = entry.method().apply(run, text, bound);
          if (result instanceof String made) {
            run.room(made.length());
          }
          return result;
        });
  }

  private static String strip(String text, Bound arguments, boolean left, boolean right) {
    if (!arguments.some(0)) {
      return Letters.strip(text, left, right, Letters::isSpace);
    }
    String characters = arguments.text(0);
    return Letters.strip(text, left, right, c -> characters.indexOf(c) >= 0);
  }

  /** Replaces the first occurrences; all if the count is negative. */
  static String replace(Run run, String text, String old, String by, int count) {
    if (count == 0) {
      return text;
    }
    int left = count < 0 ? Integer.MAX_VALUE : count;
    StringBuilder out = new StringBuilder();
    int at = 0;
    if (old.isEmpty()) {
      while (left-- > 0 && at < text.length()) {
        int next = text.offsetByCodePoints(at, 1);
        out.append(by).append(text, at, next);
        run.fits(out.length());
        at = next;
      }
      return left >= 0 ? out.append(by).toString() : out.append(text, at, text.length()).toString();
    }
    for (int i = text.indexOf(old); i >= 0 && left-- > 0; i = text.indexOf(old, at)) {
      out.append(text, at, i).append(by);
      run.fits(out.length());
      at = i + old.length();
    }
    return out.append(text, at, text.length()).toString();
  }

  /** Joins values; only texts if they must be. */
  static String join(Run run, String separator, List<Object> items, boolean texts) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < items.size(); i++) {
      if (texts && !(items.get(i) instanceof String)) {
        throw Fault.expected("texts to join", items.get(i));
      }
      out.append(i == 0 ? "" : separator).append(Printer.text(run, items.get(i)));
      run.fits(out.length());
    }
    run.room(out.length());
    return out.toString();
  }

  /** Fills up to a width; the share goes before the text. */
  private static String pad(Run run, String text, int width, String fill, int share) {
    if (fill.codePointCount(0, fill.length()) != 1) {
      throw Fault.expected("one character to fill with", fill);
    }
    int missing = Math.max(0, width - text.codePointCount(0, text.length()));
    run.room(missing);
    String blanks = fill.repeat(missing);
    return share == 0 ? text + blanks : blanks + text;
  }

  static String center(Run run, String text, int width, String fill) {
    int length = text.codePointCount(0, text.length());
    int missing = Math.max(0, width - length);
    int left = missing / 2 + (missing & width & 1);
    return pad(run, pad(run, text, length + left, fill, 1), length + missing, fill, 0);
  }

  private static String zeros(Run run, String text, int width) {
    int sign = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
    return text.substring(0, sign) + pad(run, text.substring(sign), width - sign, "0", 1);
  }
}

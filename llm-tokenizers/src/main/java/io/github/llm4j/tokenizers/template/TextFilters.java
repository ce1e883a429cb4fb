package io.github.llm4j.tokenizers.template;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Filters that make texts. */
final class TextFilters {
  private static final Pattern WORD = Pattern.compile("\\w+", Pattern.UNICODE_CHARACTER_CLASS);
  private static final Pattern TITLE =
      Pattern.compile("[-\\s({\\[<]+", Pattern.UNICODE_CHARACTER_CLASS);

  private TextFilters() {}

  static void add() {
    Filters.add("upper", (r, v, a) -> Printer.text(r, v).toUpperCase(Locale.ROOT));
    Filters.add("lower", (r, v, a) -> Printer.text(r, v).toLowerCase(Locale.ROOT));
    Filters.add("capitalize", (r, v, a) -> TextCase.capitalize(Printer.text(r, v)));
    Filters.add("title", (r, v, a) -> title(Printer.text(r, v)));
    Filters.add("trim", TextFilters::trim, "chars");
    Filters.add("string", (r, v, a) -> Printer.text(r, v));
    Filters.add("safe", (r, v, a) -> Printer.text(r, v));
    Filters.add("escape", (r, v, a) -> escape(r, v));
    Filters.add("e", (r, v, a) -> escape(r, v));
    Filters.add("forceescape", (r, v, a) -> escape(r, v));
    Filters.add("striptags", (r, v, a) -> stripTags(Printer.text(r, v)));
    Filters.add("replace", TextFilters::replace, "old", "new", "count");
    Filters.add("indent", TextFilters::indent, "width", "first", "blank");
    Filters.add(
        "center",
        (r, v, a) -> TextMethods.center(r, Printer.text(r, v), a.integer(0, 80), " "),
        "width");
    Filters.add("truncate", TextFilters::truncate, "length", "killwords", "end", "leeway");
    Filters.add("wordcount", (r, v, a) -> WORD.matcher(Printer.text(r, v)).results().count());
    Filters.add("urlencode", TextFilters::urlEncode);
    Filters.add("tojson", TextFilters::toJson, "ensure_ascii", "indent", "separators", "sort_keys");
    Filters.addOpen("format", TextFilters::format);
  }

  private static Object trim(Run run, Object value, Bound arguments) {
    String text = Printer.text(run, value);
    if (!arguments.some(0)) {
      return Letters.strip(text, true, true, Letters::isSpace);
    }
    String characters = arguments.text(0);
    return Letters.strip(text, true, true, c -> characters.indexOf(c) >= 0);
  }

  /** Unlike str.title, a word begins only behind a blank, a hyphen or an opening bracket. */
  private static Object title(String text) {
    StringBuilder out = new StringBuilder();
    Matcher gaps = TITLE.matcher(text);
    int at = 0;
    while (gaps.find()) {
      word(out, text.substring(at, gaps.start()));
      out.append(gaps.group());
      at = gaps.end();
    }
    word(out, text.substring(at));
    return out.toString();
  }

  private static void word(StringBuilder out, String word) {
    int first = word.isEmpty() ? 0 : word.offsetByCodePoints(0, 1);
    out.append(word.substring(0, first).toUpperCase(Locale.ROOT));
    out.append(word.substring(first).toLowerCase(Locale.ROOT));
  }

  private static Object escape(Run run, Object value) {
    String text = Printer.text(run, value);
    run.room(text.length() * 5L);
    return text.replace("&", "&amp;")
        .replace(">", "&gt;")
        .replace("<", "&lt;")
        .replace("'", "&#39;")
        .replace("\"", "&#34;");
  }

  /** Takes off comments and tags and makes runs of blanks one blank. */
  private static Object stripTags(String text) {
    StringBuilder out = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      boolean comment = text.startsWith("<!--", at);
      int end = text.charAt(at) != '<' ? -1 : text.indexOf(comment ? "-->" : ">", at);
      if (end < 0) {
        // What isn't closed is no tag, nor is anything behind it.
        int next = text.charAt(at) == '<' ? text.length() : text.indexOf('<', at);
        out.append(text, at, next < 0 ? text.length() : next);
        at = next < 0 ? text.length() : next;
      } else {
        at = end + (comment ? 3 : 1);
      }
    }
    StringBuilder joined = new StringBuilder();
    for (int i = 0; i < out.length(); i++) {
      boolean space = Letters.isSpace(out.charAt(i));
      if (!space) {
        joined.append(out.charAt(i));
      } else if (!joined.isEmpty() && joined.charAt(joined.length() - 1) != ' ') {
        joined.append(' ');
      }
    }
    return Letters.strip(joined.toString(), false, true, Letters::isSpace);
  }

  private static Object replace(Run run, Object value, Bound arguments) {
    String text = Printer.text(run, value);
    String old = Printer.text(run, arguments.need(0));
    String by = Printer.text(run, arguments.need(1));
    String made =
        TextMethods.replace(run, text, old, by, arguments.some(2) ? arguments.integer(2) : -1);
    run.room(made.length());
    return made;
  }

  private static Object indent(Run run, Object value, Bound arguments) {
    String text = value instanceof String s ? s : wrong(value);
    Object width = arguments.get(0, 4L);
    String blanks;
    if (width instanceof String s) {
      blanks = s;
    } else {
      run.room(Math.max(0, arguments.integer(0, 4)));
      blanks = " ".repeat(Math.max(0, arguments.integer(0, 4)));
    }
    boolean blank = arguments.truth(2, false);
    List<Object> lines = TextSplit.lines(run, text + "\n", false);
    StringBuilder out = new StringBuilder(arguments.truth(1, false) ? blanks : "");
    for (int i = 0; i < lines.size(); i++) {
      String line = (String) lines.get(i);
      out.append(i == 0 ? "" : "\n")
          .append(i > 0 && (blank || !line.isEmpty()) ? blanks : "")
          .append(line);
      run.fits(out.length());
    }
    run.room(out.length());
    return out.toString();
  }

  private static String wrong(Object value) {
    if (value instanceof Undefined u) {
      throw u.fault();
    }
    throw Fault.expected("a text", value);
  }

  private static Object truncate(Run run, Object value, Bound arguments) {
    String text = value instanceof String s ? s : wrong(value);
    int length = arguments.integer(0, 255);
    String end = arguments.text(2, "...");
    int leeway = arguments.some(3) ? arguments.integer(3) : 5;
    int points = text.codePointCount(0, text.length());
    int kept = length - end.codePointCount(0, end.length());
    if (kept < 0 || leeway < 0) {
      throw Fault.expected("a length that the end fits in, and a leeway from 0 on", (long) length);
    }
    if (points <= (long) length + leeway) {
      return text;
    }
    String cut = text.substring(0, text.offsetByCodePoints(0, kept));
    int blank = arguments.truth(1, false) ? -1 : cut.lastIndexOf(' ');
    return (blank < 0 ? cut : cut.substring(0, blank)) + end;
  }

  private static Object urlEncode(Run run, Object value, Bound arguments) {
    if (value instanceof Map<?, ?> map) {
      StringBuilder out = new StringBuilder();
      map.forEach(
          (key, each) -> {
            out.append(out.isEmpty() ? "" : "&").append(url(Printer.text(run, key), "%2F"));
            out.append('=').append(url(Printer.text(run, each), "%2F"));
            run.fits(out.length());
          });
      run.room(out.length());
      return out.toString().replace("%20", "+");
    }
    return url(Printer.text(run, value), "/");
  }

  private static String url(String text, String slash) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replace("%7E", "~")
        .replace("%2F", slash);
  }

  private static Object toJson(Run run, Object value, Bound arguments) {
    Object indent = arguments.get(1, None.NONE);
    String step =
        switch (indent) {
          case None n -> null;
          case String s -> s;
          default -> " ".repeat(Math.clamp(arguments.integer(1), 0, 1000));
        };
    String item = step == null ? ", " : ",";
    String key = ": ";
    if (arguments.some(2)) {
      List<Object> separators = Sequences.list(run, arguments.need(2));
      if (separators.size() != 2) {
        throw arguments.wrong(2, "two separators");
      }
      item = Printer.text(run, separators.get(0));
      key = Printer.text(run, separators.get(1));
    }
    return JsonWriter.write(
        run,
        value,
        new JsonWriter.Style(
            arguments.truth(0, false), step, item, key, arguments.truth(3, false)));
  }

  private static Object format(Run run, Object value, Arguments arguments) {
    if (!arguments.positional().isEmpty() && !arguments.named().isEmpty()) {
      throw new Fault("arguments with or without names expected for filter format, found both.");
    }
    Object values =
        arguments.named().isEmpty()
            ? new Tuple(arguments.positional())
            : new java.util.LinkedHashMap<Object, Object>(arguments.named());
    return PercentFormat.apply(run, Printer.text(run, value), values);
  }
}

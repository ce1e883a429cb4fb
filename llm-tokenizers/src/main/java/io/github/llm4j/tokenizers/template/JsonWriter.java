package io.github.llm4j.tokenizers.template;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON as Python's {@code json.dumps} writes it. */
final class JsonWriter {

  /**
   * How it looks.
   *
   * @param ascii whether other characters are escaped
   * @param indent what a level is indented by; null for all in one line
   * @param item between two items
   * @param key between a key and its value
   * @param sorted whether keys are sorted
   */
  record Style(boolean ascii, @Nullable String indent, String item, String key, boolean sorted) {}

  private final Run run;
  private final Style style;
  private final StringBuilder out = new StringBuilder();

  private JsonWriter(Run run, Style style) {
    this.run = run;
    this.style = style;
  }

  static String write(Run run, Object value, Style style) {
    JsonWriter writer = new JsonWriter(run, style);
    writer.value(value, 0);
    run.room(writer.out.length());
    return writer.out.toString();
  }

  private void value(Object value, int depth) {
    run.step();
    run.fits(out.length());
    switch (value) {
      case String s -> text(s);
      case Map<?, ?> m -> mapping(m, depth);
      case List<?> l when !(l instanceof Range) -> list(l, depth);
      case None n -> out.append("null");
      default -> out.append(scalar(value));
    }
  }

  private static String scalar(Object value) {
    return switch (value) {
      case None n -> "null";
      case Boolean b -> b ? "true" : "false";
      case Long l -> l.toString();
      case BigInteger i -> i.toString();
      case Double d when d.isNaN() -> "NaN";
      case Double d when d.isInfinite() -> d < 0 ? "-Infinity" : "Infinity";
      case Double d -> Floats.text(d);
      default -> throw Fault.expected("a value that JSON has (text, number, list, mapping)", value);
    };
  }

  private void list(List<?> list, int depth) {
    int deeper = Comparison.deeper(depth);
    out.append('[');
    for (int i = 0; i < list.size(); i++) {
      out.append(i == 0 ? "" : style.item());
      line(deeper);
      value(list.get(i), deeper);
    }
    if (!list.isEmpty()) {
      line(depth);
    }
    out.append(']');
  }

  private void mapping(Map<?, ?> map, int depth) {
    int deeper = Comparison.deeper(depth);
    List<Map.Entry<?, ?>> entries = new ArrayList<>(map.entrySet());
    if (style.sorted()) {
      entries.sort((a, b) -> Comparison.order(run, a.getKey(), b.getKey()));
    }
    out.append('{');
    String separator = "";
    for (Map.Entry<?, ?> entry : entries) {
      out.append(separator);
      separator = style.item();
      line(deeper);
      text(entry.getKey() instanceof String s ? s : scalar(entry.getKey()));
      out.append(style.key());
      value(entry.getValue(), deeper);
    }
    if (!map.isEmpty()) {
      line(depth);
    }
    out.append('}');
  }

  private void line(int depth) {
    String indent = style.indent();
    if (indent != null) {
      out.append('\n').repeat(indent, depth);
    }
  }

  private void text(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        default -> {
          if (c < 0x20 || style.ascii() && c > 0x7e) {
            out.append("\\u%04x".formatted((int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }
}

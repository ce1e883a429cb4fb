package io.github.llm4j.tokenizers.template;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;

/** Values as Python prints them: {@code str()} and {@code repr()}. */
final class Printer {
  private final Run run;
  private final StringBuilder out = new StringBuilder();

  private Printer(Run run) {
    this.run = run;
  }

  /** A value as {@code {{ value }}} prints it. */
  static String text(Run run, Object value) {
    return switch (value) {
      case String s -> s;
      case Undefined u -> "";
      default -> repr(run, value);
    };
  }

  /** A value as it stands inside a printed list. */
  static String repr(Run run, Object value) {
    Printer printer = new Printer(run);
    printer.print(value, 0);
    run.room(printer.out.length());
    return printer.out.toString();
  }

  private void print(Object value, int depth) {
    run.step();
    run.fits(out.length());
    switch (value) {
      case None n -> out.append("None");
      case Boolean b -> out.append(b ? "True" : "False");
      case Long l -> out.append((long) l);
      case BigInteger i -> out.append(i);
      case Double d -> out.append(Floats.text(d));
      case String s -> quote(out, s);
      case Undefined u -> out.append("Undefined");
      case Range r -> out.append(r.text());
      case Tuple t -> items("(", t, t.size() == 1 ? ",)" : ")", depth);
      case List<?> l -> items("[", l, "]", depth);
      case Map<?, ?> m -> entries(m, depth);
      case View v -> {
        out.append(v.kind());
        items("([", v.items(), "])", depth);
      }
      case Namespace n -> {
        out.append("<Namespace ");
        entries(n.values(), depth);
        out.append('>');
      }
      case Loop l -> out.append(l.text());
      case Macro m -> out.append("<Macro ").append(m.shown()).append('>');
      case Invocable f -> out.append("<function ").append(f.name()).append('>');
      default -> out.append("<generator>");
    }
  }

  private void items(String open, List<?> items, String close, int depth) {
    int deeper = Comparison.deeper(depth);
    out.append(open);
    String separator = "";
    for (Object item : items) {
      out.append(separator);
      separator = ", ";
      print(item, deeper);
    }
    out.append(close);
  }

  private void entries(Map<?, ?> map, int depth) {
    int deeper = Comparison.deeper(depth);
    out.append('{');
    String separator = "";
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      out.append(separator);
      separator = ", ";
      print(entry.getKey(), deeper);
      out.append(": ");
      print(entry.getValue(), deeper);
    }
    out.append('}');
  }

  /** A text in quotes: double ones if it holds single ones only. */
  static void quote(StringBuilder out, String text) {
    char quote = text.indexOf('\'') >= 0 && text.indexOf('"') < 0 ? '"' : '\'';
    out.append(quote);
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      switch (c) {
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        case '\\' -> out.append("\\\\");
        default -> {
          if (c == quote) {
            out.append('\\').append(quote);
          } else if (c == ' ' || Letters.isPrintable(c)) {
            out.appendCodePoint(c);
          } else {
            out.append((c < 0x100 ? "\\x%02x" : c < 0x10000 ? "\\u%04x" : "\\U%08x").formatted(c));
          }
        }
      }
    }
    out.append(quote);
  }
}

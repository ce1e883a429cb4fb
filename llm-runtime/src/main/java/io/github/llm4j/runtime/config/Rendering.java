package io.github.llm4j.runtime.config;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import io.github.llm4j.api.component.ComponentSpec;
import io.github.llm4j.runtime.plugin.Names;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Settings as HOCON, one key a line, with where each comes from. */
final class Rendering {
  static final String DEFAULT = "default";

  private final Tree tree;
  private final StringBuilder text = new StringBuilder();
  private final Map<String, Bound.Value> values = new LinkedHashMap<>();

  Rendering(Tree tree) {
    this.tree = tree;
  }

  String of(Record settings) {
    keys(List.of(), settings, "");
    return text.toString();
  }

  Map<String, Bound.Value> values(Record settings) {
    keys(List.of(), settings, "");
    return values;
  }

  private void keys(List<String> path, Record settings, String indent) {
    for (Key key : Keys.of(settings.getClass())) {
      entry(
          Layers.plus(path, List.of(key.name())),
          key.name(),
          PlainSettings.read(settings, key),
          indent);
    }
  }

  private void entry(List<String> path, String name, @Nullable Object value, String indent) {
    Object held = PlainSettings.unwrap(value);
    if (held == null) {
      if (find(path) != null) {
        leaf(indent, name, "null", path, path);
      }
      return;
    }
    switch (held) {
      case ComponentSpec<?> spec -> {
        line(indent + name + " {");
        type(indent + "  ", spec, path);
        keys(path, spec.settings(), indent + "  ");
        line(indent + "}");
      }
      case Record inner -> {
        line(indent + name + " {");
        keys(path, inner, indent + "  ");
        line(indent + "}");
      }
      case Map<?, ?> map -> {
        line(indent + name + " {");
        map.forEach(
            (k, v) ->
                entry(
                    Layers.plus(path, List.of(String.valueOf(k))),
                    ConfigUtil.quoteString(String.valueOf(k)),
                    v,
                    indent + "  "));
        line(indent + "}");
      }
      case Collection<?> list -> list(path, name, list, indent);
      default -> leaf(indent, name, scalar(held), path, path);
    }
  }

  private void list(List<String> path, String name, Collection<?> list, String indent) {
    if (list.stream().noneMatch(e -> e instanceof Record || e instanceof Map)) {
      String elements =
          list.stream().map(Rendering::scalar).reduce((a, b) -> a + ", " + b).orElse("");
      leaf(indent, name, "[" + elements + "]", path, path);
      return;
    }
    line(indent + name + " = [");
    int i = 0;
    for (Object element : list) {
      List<String> at = Layers.plus(path, List.of(Integer.toString(i++)));
      line(indent + "  {");
      if (element instanceof ComponentSpec<?> spec) {
        type(indent + "    ", spec, at);
        keys(at, spec.settings(), indent + "    ");
      } else if (element instanceof Record inner) {
        keys(at, inner, indent + "    ");
      } else if (element instanceof Map<?, ?> map) {
        map.forEach(
            (k, v) ->
                entry(
                    Layers.plus(at, List.of(String.valueOf(k))),
                    ConfigUtil.quoteString(String.valueOf(k)),
                    v,
                    indent + "    "));
      }
      line(indent + "  }");
    }
    line(indent + "]");
  }

  /** Where a component's type is: its own key, or the plain string. */
  private List<String> typePath(List<String> path) {
    return find(path) instanceof ConfigObject ? Layers.plus(path, List.of("type")) : path;
  }

  static String scalar(@Nullable Object value) {
    return switch (value) {
      case null -> "null";
      case Enum<?> constant -> Names.kebab(constant);
      case Duration duration -> duration(duration);
      case Double number -> number.toString().replace(".0E", "E").replace('E', 'e');
      case Float number -> number.toString().replace(".0E", "E").replace('E', 'e');
      case String s -> ConfigUtil.quoteString(s);
      case Path p -> ConfigUtil.quoteString(p.toString());
      case Collection<?> list ->
          "["
              + list.stream().map(Rendering::scalar).reduce((a, b) -> a + ", " + b).orElse("")
              + "]";
      default -> String.valueOf(value);
    };
  }

  private static String duration(Duration duration) {
    long nanos = duration.toNanos();
    return nanos % 1_000_000_000 == 0
        ? nanos / 1_000_000_000 + "s"
        : nanos % 1_000_000 == 0 ? nanos / 1_000_000 + "ms" : nanos + "ns";
  }

  private void type(String indent, ComponentSpec<?> spec, List<String> path) {
    leaf(indent, "type", spec.type(), Layers.plus(path, List.of("type")), typePath(path));
  }

  private void leaf(
      String indent, String name, String value, List<String> path, List<String> origin) {
    ConfigValue found = find(origin);
    String where = found == null ? DEFAULT : tree.where(origin, found);
    String content = indent + name + " = " + value;
    line(content + " ".repeat(Math.max(1, 48 - content.length())) + "# " + where);
    values.put(String.join(".", path), new Bound.Value(value, where));
  }

  private void line(String content) {
    text.append(content).append('\n');
  }

  /** The config's own value at a path, without defaults. */
  private @Nullable ConfigValue find(List<String> path) {
    ConfigValue at = tree.root();
    for (String name : path) {
      if (at instanceof ConfigObject object) {
        at = object.get(name);
      } else if (at instanceof com.typesafe.config.ConfigList list && name.matches("[0-9]+")) {
        int index = Integer.parseInt(name);
        at = index < list.size() ? list.get(index) : null;
      } else {
        return null;
      }
    }
    return at;
  }
}

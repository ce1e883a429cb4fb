package io.github.llm4j.runtime.config;

import io.github.llm4j.api.component.Doc;
import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.runtime.plugin.Entry;
import io.github.llm4j.runtime.plugin.Kind;
import io.github.llm4j.runtime.plugin.Names;
import io.github.llm4j.runtime.plugin.Registry;
import java.util.List;

/** Texts of {@code llm describe}: what a config can name, and which keys it has. */
public final class Description {
  private final Registry registry;

  /** Describes these components. */
  public Description(Registry registry) {
    this.registry = registry;
  }

  /** The kinds and their types, a line each. */
  public String all() {
    StringBuilder text = new StringBuilder();
    for (Kind kind : registry.kinds()) {
      text.append(pad(kind.name(), 14)).append(types(kind)).append('\n');
    }
    return text.toString();
  }

  /**
   * The types of a kind, a line each with its meaning.
   *
   * @throws LlmException if there is no such kind
   */
  public String kind(String name) {
    StringBuilder text = new StringBuilder();
    for (Entry entry : registry.entries(required(name))) {
      text.append(pad(entry.type(), 20)).append(meaning(entry));
      text.append(" (").append(entry.source()).append(")\n");
    }
    return text.toString();
  }

  /**
   * One component and its keys.
   *
   * @throws LlmException if there is no such kind or type
   */
  public String component(String kind, String type) {
    Entry entry = registry.require(required(kind), type);
    StringBuilder text = new StringBuilder();
    text.append(kind).append(' ').append(type).append(" (").append(entry.source()).append(")\n");
    String meaning = meaning(entry);
    if (!meaning.isEmpty()) {
      text.append(meaning).append('\n');
    }
    List<KeyDescription> keys = KeyDescription.of(entry.provider().settings());
    int key = width(keys.stream().map(KeyDescription::key).toList());
    int expected = width(keys.stream().map(KeyDescription::expected).toList());
    int state = width(keys.stream().map(Description::state).toList());
    for (KeyDescription k : keys) {
      String line =
          "  "
              + pad(k.key(), key)
              + pad(k.expected(), expected)
              + pad(state(k), state)
              + k.meaning();
      text.append(line.stripTrailing()).append('\n');
    }
    if (keys.isEmpty()) {
      text.append("  no keys\n");
    }
    return text.toString();
  }

  private Kind required(String name) {
    return registry
        .kind(name)
        .orElseThrow(
            () -> {
              List<String> known = registry.kinds().stream().map(Kind::name).toList();
              return new LlmException(
                  ErrorKind.USER,
                  "no kind of component is called '%s'.%s Known: %s."
                      .formatted(name, Names.didYouMean(name, known), Names.list(known)));
            });
  }

  private String types(Kind kind) {
    return Names.list(registry.entries(kind).stream().map(Entry::type).toList());
  }

  private static String meaning(Entry entry) {
    Doc doc = entry.provider().settings().getAnnotation(Doc.class);
    return doc == null ? "" : doc.value();
  }

  private static String state(KeyDescription key) {
    return key.byDefault()
        .map(value -> "default " + value)
        .orElse(key.required() ? "required" : "optional");
  }

  private static int width(List<String> texts) {
    return texts.stream().mapToInt(String::length).max().orElse(0) + 2;
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(Math.max(1, width - text.length()));
  }
}

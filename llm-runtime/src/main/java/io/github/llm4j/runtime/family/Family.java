package io.github.llm4j.runtime.family;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigValue;
import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A model family, read from its HOCON file: what the keys of config.json mean in the vocabulary of
 * our components, and how the tensors are called. Both are read in both directions.
 *
 * <p>Threading: immutable.
 */
public final class Family {
  private final String name;
  private final Map<String, @Nullable Object> defaults;
  private final Map<String, @Nullable Object> require;
  private final Template architecture;
  private final Template vocabSize;
  private final Template export;
  private final Set<String> unused;
  private final TensorNames names;

  /**
   * What a config.json says.
   *
   * @param architecture the architecture block, as a config would hold it
   * @param vocabSize number of token ids (V)
   * @param unread keys that nothing asked for and that may matter
   */
  public record Reading(Map<String, Object> architecture, int vocabSize, Set<String> unread) {}

  private Family(String name, Map<String, @Nullable Object> root) {
    this.name = name;
    this.defaults = section(root, "defaults");
    this.require = section(root, "require");
    this.architecture = new Template(root.get("architecture"));
    this.vocabSize = new Template(root.get("vocab-size"));
    this.export = new Template(section(root, "export"));
    this.unused = texts(root.get("unused"));
    this.names = TensorNames.of(section(root, "weights"), section(root, "import"));
  }

  private static Map<String, @Nullable Object> section(
      Map<String, @Nullable Object> root, String key) {
    return root.get(key) instanceof Map<?, ?> map ? ConfigKeys.map(map) : Map.of();
  }

  static Set<String> texts(@Nullable Object list) {
    Set<String> texts = new TreeSet<>();
    if (list instanceof List<?> elements) {
      elements.forEach(element -> texts.add(String.valueOf(element)));
    }
    return texts;
  }

  /**
   * Reads a family file.
   *
   * @param loader whose resource {@code families/NAME.conf} it is
   * @throws LlmException if the file is wrong
   */
  static Family read(String name, ClassLoader loader) {
    String file = "families/" + name + ".conf";
    try {
      Config config =
          ConfigFactory.parseResources(
                  loader, file, ConfigParseOptions.defaults().setAllowMissing(false))
              .resolve(ConfigResolveOptions.noSystem());
      Map<String, @Nullable Object> root = new LinkedHashMap<>();
      config.root().forEach((key, value) -> root.put(key, plain(value)));
      return new Family(name, root);
    } catch (com.typesafe.config.ConfigException | FamilyException e) {
      throw new LlmException(
          ErrorKind.PLUGIN,
          "%s: expected a family file, found: %s. Mend the file.".formatted(file, e.getMessage()),
          e);
    }
  }

  private static @Nullable Object plain(ConfigValue value) {
    if (value instanceof ConfigObject object) {
      Map<String, @Nullable Object> map = new LinkedHashMap<>();
      object.forEach((key, inner) -> map.put(key, plain(inner)));
      return map;
    }
    return value.unwrapped();
  }

  /** What config.json calls it as {@code model_type}. */
  public String name() {
    return name;
  }

  /** How its tensors are called. */
  public TensorNames names() {
    return names;
  }

  /**
   * Reads a config.json.
   *
   * @param config its keys
   * @param where what messages call it
   * @throws LlmException that names all keys that are missing or can't be expressed
   */
  public Reading read(Map<String, @Nullable Object> config, String where) {
    ConfigKeys keys = new ConfigKeys(config, defaults);
    List<String> problems = new ArrayList<>();
    Object tree = architecture.evaluate(keys, problems);
    Object vocabulary = vocabSize.evaluate(keys, problems);
    if (!(vocabulary instanceof Integer) && problems.isEmpty()) {
      problems.add("vocab-size: expected a whole number, found " + vocabulary);
    }
    require.forEach(
        (key, allowed) -> {
          Object found = keys.get(key);
          if (allowed instanceof List<?> values
              && values.stream().noneMatch(v -> Expression.same(v, found))) {
            problems.add("expected " + key + " to be one of " + values + ", found " + found);
          }
        });
    if (!problems.isEmpty()) {
      throw new LlmException(
          ErrorKind.USER,
          "%s: expected a %s model that can be built here, found %d %s: %s. Take another model."
              .formatted(
                  where,
                  name,
                  problems.size(),
                  problems.size() == 1 ? "problem" : "problems",
                  String.join("; ", problems)));
    }
    Set<String> unread = new TreeSet<>(config.keySet());
    unread.removeIf(key -> config.get(key) == null); // null says that there is nothing to read
    unread.removeAll(keys.read());
    unread.removeAll(unused);
    Map<String, Object> block = new LinkedHashMap<>();
    ConfigKeys.map(tree)
        .forEach(
            (key, value) -> {
              if (value != null) {
                block.put(key, value);
              }
            });
    return new Reading(
        block, ((Number) java.util.Objects.requireNonNull(vocabulary)).intValue(), unread);
  }

  /**
   * A config.json for an architecture: a guess, which the caller checks by {@link #read}.
   *
   * @param block the architecture as plain maps, every key filled in
   * @return empty if no config.json of this family gives it
   */
  public Optional<Map<String, @Nullable Object>> write(Map<String, ?> block, int vocabulary) {
    ConfigKeys keys = ConfigKeys.empty(defaults);
    keys.assign("model_type", name);
    boolean solved = architecture.solve(block, keys) && vocabSize.solve(vocabulary, keys);
    if (!solved) {
      return Optional.empty();
    }
    Map<String, @Nullable Object> config = new LinkedHashMap<>();
    config.put("model_type", name);
    Object more = export.evaluate(keys, new ArrayList<>());
    config.putAll(ConfigKeys.map(more));
    config.putAll(keys.config());
    return Optional.of(config);
  }

  /** The same config.json with one value of the tree changed, as {@code head.tied}. */
  public Map<String, @Nullable Object> edit(
      Map<String, @Nullable Object> config, String path, Object value) {
    ConfigKeys keys = ConfigKeys.empty(defaults);
    Map<String, @Nullable Object> edited = new LinkedHashMap<>(config);
    if (architecture.at(path) instanceof Expression expression
        && Inverse.solve(expression, value, keys)) {
      edited.putAll(keys.config());
    }
    return edited;
  }
}

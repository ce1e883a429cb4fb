package io.github.llm4j.runtime.family;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a config.json as expressions see them: a family's defaults stand for absent keys, an
 * explicit null beats them. Remembers which keys were asked for.
 */
final class ConfigKeys implements Expression.Scope {
  private final Map<String, @Nullable Object> config;
  private final Map<String, @Nullable Object> defaults;
  private final Set<String> read = new HashSet<>();

  ConfigKeys(Map<String, @Nullable Object> config, Map<String, @Nullable Object> defaults) {
    this.config = config;
    this.defaults = defaults;
  }

  /** A config.json that isn't there yet, to be solved for. */
  static ConfigKeys empty(Map<String, @Nullable Object> defaults) {
    return new ConfigKeys(new LinkedHashMap<>(), defaults);
  }

  /** The same, independent of what is assigned later. */
  ConfigKeys fork() {
    return new ConfigKeys(copy(config), defaults);
  }

  /** Takes over what a fork has found. */
  void become(ConfigKeys fork) {
    config.clear();
    config.putAll(fork.config);
  }

  Map<String, @Nullable Object> config() {
    return config;
  }

  /** Top-level keys that were asked for. */
  Set<String> read() {
    return read;
  }

  @Override
  public boolean has(String path) {
    return holds(config, path) || holds(defaults, path);
  }

  @Override
  public @Nullable Object get(String path) {
    return holds(config, path) ? find(config, path) : find(defaults, path);
  }

  /** Gives a key its value; false if it has another. */
  boolean assign(String path, @Nullable Object value) {
    if (holds(config, path)) {
      return Expression.same(find(config, path), value);
    }
    Map<String, @Nullable Object> at = config;
    String[] names = path.split("\\.");
    for (int k = 0; k < names.length - 1; k++) {
      Object inner = at.computeIfAbsent(names[k], n -> new LinkedHashMap<String, Object>());
      if (!(inner instanceof Map<?, ?>)) {
        return false;
      }
      at = map(inner);
    }
    at.put(names[names.length - 1], value);
    return true;
  }

  private boolean holds(Map<String, @Nullable Object> root, String path) {
    read.add(path.split("\\.")[0]);
    Object at = root;
    for (String name : path.split("\\.")) {
      if (!(at instanceof Map<?, ?> map) || !map.containsKey(name)) {
        return false;
      }
      at = map.get(name);
    }
    return true;
  }

  private static @Nullable Object find(Map<String, @Nullable Object> root, String path) {
    Object at = root;
    for (String name : path.split("\\.")) {
      at = at instanceof Map<?, ?> map ? map.get(name) : null;
    }
    return at;
  }

  private static Map<String, @Nullable Object> copy(Map<String, @Nullable Object> map) {
    Map<String, @Nullable Object> copy = new LinkedHashMap<>(map);
    copy.replaceAll((key, value) -> value instanceof Map<?, ?> ? copy(map(value)) : value);
    return copy;
  }

  /** An object of JSON or HOCON, whose keys are texts. */
  @SuppressWarnings("unchecked")
  static Map<String, @Nullable Object> map(@Nullable Object object) {
    return (Map<String, @Nullable Object>) Objects.requireNonNull(object);
  }
}

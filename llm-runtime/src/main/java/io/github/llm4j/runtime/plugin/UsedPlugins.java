package io.github.llm4j.runtime.plugin;

import io.github.llm4j.api.component.ComponentSpec;
import java.lang.reflect.RecordComponent;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The plugins that a run depends on: those of the components that its settings name, and those that
 * bring kernels. What is recorded of them tells whether another run has the same.
 *
 * @param plugins in the order in which they were found
 */
public record UsedPlugins(List<Plugin> plugins) {
  private static final int SHORT = 12;

  /** Copies the list. */
  public UsedPlugins {
    plugins = List.copyOf(plugins);
  }

  /** Those that bound settings use. */
  public static UsedPlugins of(Record settings, Registry registry) {
    Set<ClassLoader> loaders = new HashSet<>();
    collect(settings, loaders);
    registry.kernels().forEach(k -> loaders.add(k.provider().getClass().getClassLoader()));
    return new UsedPlugins(
        registry.plugins().stream().filter(p -> loaders.contains(p.loader())).toList());
  }

  private static void collect(Object value, Set<ClassLoader> loaders) {
    switch (value) {
      case ComponentSpec<?> spec -> {
        loaders.add(spec.provider().getClass().getClassLoader());
        collect(spec.settings(), loaders);
      }
      case Record record -> components(record, loaders);
      case Optional<?> optional -> optional.ifPresent(v -> collect(v, loaders));
      case Map<?, ?> map -> map.values().forEach(v -> collect(v, loaders));
      case List<?> list -> list.forEach(v -> collect(v, loaders));
      default -> {}
    }
  }

  private static void components(Record record, Set<ClassLoader> loaders) {
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      try {
        component.getAccessor().setAccessible(true);
        collect(component.getAccessor().invoke(record), loaders);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(component + " of " + record + " can't be read", e);
      }
    }
  }

  /** A comment line of a config for each jar, with name, version and whole checksum. */
  public String comment() {
    return plugins.stream()
        .flatMap(
            plugin ->
                plugin.jars().stream()
                    .map(
                        jar ->
                            "# plugin %s: %s, sha-256 %s\n"
                                .formatted(plugin, jar.getFileName(), Checksum.of(jar))))
        .collect(Collectors.joining());
  }

  /** As {@code with gated-mlp 1.0 (sha-256 3fd9a0c1e2b4)}; empty without plugins. */
  @Override
  public String toString() {
    return plugins.isEmpty()
        ? ""
        : plugins.stream()
            .map(
                plugin ->
                    plugin.jars().stream()
                        .map(jar -> Checksum.of(jar).substring(0, SHORT))
                        .collect(Collectors.joining(", ", plugin + " (sha-256 ", ")")))
            .collect(Collectors.joining(", ", "with ", ""));
  }
}

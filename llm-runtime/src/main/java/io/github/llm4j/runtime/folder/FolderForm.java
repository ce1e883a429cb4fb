package io.github.llm4j.runtime.folder;

import io.github.llm4j.api.component.ComponentProvider;
import io.github.llm4j.api.component.ComponentSpec;
import io.github.llm4j.api.error.ConfigException;
import io.github.llm4j.api.layer.Assembly;
import io.github.llm4j.api.layer.AssemblyProvider;
import io.github.llm4j.api.layer.LayerProvider;
import io.github.llm4j.api.parameter.Parameter;
import io.github.llm4j.runtime.config.Binder;
import io.github.llm4j.runtime.config.ConfigSource;
import io.github.llm4j.runtime.config.PlainSettings;
import io.github.llm4j.runtime.config.Resolution;
import io.github.llm4j.runtime.family.Families;
import io.github.llm4j.runtime.family.Family;
import io.github.llm4j.runtime.family.TensorNames;
import io.github.llm4j.runtime.plugin.Kind;
import io.github.llm4j.runtime.plugin.Registry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * In which form an architecture is kept: as a known family's where one gives exactly this
 * architecture, else as a block of our own.
 *
 * @param modelType what config.json calls it
 * @param config the keys of config.json
 * @param names how its tensors are called
 */
record FolderForm(String modelType, Map<String, @Nullable Object> config, TensorNames names) {
  static final String OWN = "llm4j";
  static final int FORMAT = 1;
  static final String FORMAT_KEY = "llm4j_format";

  /** Settings that only training reads: what a model computes doesn't hang on them. */
  private static final Set<String> TRAINING = Set.of("dropout", "recompute");

  /** What an architecture block is bound onto. */
  private record Block(ComponentSpec<Assembly> architecture) {}

  /**
   * The form of an architecture.
   *
   * @param parameters its parameters, each of which a family must have a name for
   */
  static FolderForm of(
      ComponentSpec<Assembly> architecture, int vocabSize, List<Parameter> parameters) {
    ComponentSpec<Assembly> resolved = Resolution.of(architecture);
    Map<String, @Nullable Object> block = PlainSettings.of(resolved);
    List<ComponentProvider<?, ?, ?>> providers = new ArrayList<>();
    collect(resolved, providers);
    for (Family family : Families.of(loaders(providers)).all()) {
      Optional<Map<String, @Nullable Object>> config = family.write(block, vocabSize);
      if (config.isPresent()
          && family.names().map(parameters).isPresent()
          && gives(family, config.get(), block, providers)) {
        return new FolderForm(family.name(), config.get(), family.names());
      }
    }
    Map<String, @Nullable Object> config = new LinkedHashMap<>();
    config.put("model_type", OWN);
    config.put(FORMAT_KEY, FORMAT);
    config.put("vocab_size", vocabSize);
    config.put("architecture", block);
    return new FolderForm(OWN, config, TensorNames.own());
  }

  /** Whether a family makes this architecture of a config.json, the training's settings aside. */
  private static boolean gives(
      Family family,
      Map<String, @Nullable Object> config,
      Map<String, @Nullable Object> block,
      List<ComponentProvider<?, ?, ?>> providers) {
    Registry own =
        Registry.of(
            List.of(
                new Kind("assembly", AssemblyProvider.class),
                new Kind("layer", LayerProvider.class)),
            providers);
    try {
      ComponentSpec<Assembly> made =
          bind(family.read(config, family.name()).architecture(), family.name(), own);
      return Objects.equals(lasting(PlainSettings.of(Resolution.of(made))), lasting(block));
    } catch (ConfigException e) {
      return false; // the family needs components that this architecture doesn't have
    }
  }

  /** Without what only training reads; numbers as they compare. */
  private static @Nullable Object lasting(@Nullable Object plain) {
    return switch (plain) {
      case Map<?, ?> map -> {
        Map<Object, @Nullable Object> kept = new LinkedHashMap<>();
        map.forEach(
            (key, value) -> {
              if (!TRAINING.contains(String.valueOf(key))) {
                kept.put(String.valueOf(key), lasting(value));
              }
            });
        yield kept;
      }
      case Number number -> number.doubleValue();
      case null, default -> plain;
    };
  }

  static ComponentSpec<Assembly> bind(Object architecture, String where, Registry registry) {
    ConfigSource source =
        ConfigSource.text(where, ConfigJson.text(Map.of("architecture", architecture)));
    return new Binder(registry).bind(Block.class, source).settings().architecture();
  }

  /** The class loaders that families are looked for in: ours and those of these providers. */
  static List<ClassLoader> loaders(Collection<?> providers) {
    return Stream.concat(Stream.of(FolderForm.class), providers.stream().map(Object::getClass))
        .map(Class::getClassLoader)
        .distinct()
        .toList();
  }

  /** The providers of a component and of all in it, each type once. */
  private static void collect(@Nullable Object value, List<ComponentProvider<?, ?, ?>> providers) {
    switch (value) {
      case ComponentSpec<?> spec -> {
        if (providers.stream().noneMatch(p -> p.getClass() == spec.provider().getClass())) {
          providers.add(spec.provider());
        }
        collect(spec.settings(), providers);
      }
      case Record settings -> PlainSettings.values(settings).forEach(v -> collect(v, providers));
      case Optional<?> o -> o.ifPresent(inner -> collect(inner, providers));
      case List<?> list -> list.forEach(element -> collect(element, providers));
      case Map<?, ?> map -> map.values().forEach(element -> collect(element, providers));
      case null, default -> {}
    }
  }
}

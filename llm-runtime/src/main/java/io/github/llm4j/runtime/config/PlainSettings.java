package io.github.llm4j.runtime.config;

import io.github.llm4j.api.component.ComponentSpec;
import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.runtime.plugin.Names;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Settings as plain maps, lists, texts, numbers and truth values: what JSON can hold. Every key is
 * there, those with a default too and those left out as null, so that {@link Binder} makes the same
 * settings of it whatever later versions' defaults are.
 */
public final class PlainSettings {
  private PlainSettings() {}

  /** A component: its type first, then its settings in their order. */
  public static Map<String, @Nullable Object> of(ComponentSpec<?> spec) {
    Map<String, @Nullable Object> plain = new LinkedHashMap<>();
    plain.put("type", spec.type());
    put(plain, spec.settings());
    return plain;
  }

  /** Settings in their order. */
  public static Map<String, @Nullable Object> of(Record settings) {
    Map<String, @Nullable Object> plain = new LinkedHashMap<>();
    put(plain, settings);
    return plain;
  }

  /** The values of settings as they are, in the order of their keys. */
  public static List<@Nullable Object> values(Record settings) {
    List<@Nullable Object> values = new ArrayList<>();
    Keys.of(settings.getClass()).forEach(key -> values.add(read(settings, key)));
    return values;
  }

  private static void put(Map<String, @Nullable Object> plain, Record settings) {
    for (Key key : Keys.of(settings.getClass())) {
      plain.put(key.name(), plain(read(settings, key)));
    }
  }

  private static @Nullable Object plain(@Nullable Object setting) {
    Object value = unwrap(setting);
    return switch (value) {
      case null -> null;
      case ComponentSpec<?> spec -> of(spec);
      case Record inner -> of(inner);
      case Map<?, ?> map -> {
        Map<String, @Nullable Object> plain = new LinkedHashMap<>();
        map.forEach((k, v) -> plain.put(String.valueOf(k), plain(v)));
        yield plain;
      }
      case Collection<?> list -> {
        List<@Nullable Object> plain = new ArrayList<>();
        list.forEach(element -> plain.add(plain(element)));
        yield plain;
      }
      case Enum<?> constant -> Names.kebab(constant);
      case Duration duration -> Rendering.scalar(duration);
      case Path path -> path.toString();
      case Number number -> number;
      case Boolean truth -> truth;
      default -> value.toString();
    };
  }

  static @Nullable Object read(Record settings, Key key) {
    try {
      key.component().getAccessor().setAccessible(true);
      return key.component().getAccessor().invoke(settings);
    } catch (ReflectiveOperationException e) {
      throw new LlmException(
          ErrorKind.PLUGIN, "settings %s can't be read: %s".formatted(settings.getClass(), e), e);
    }
  }

  static @Nullable Object unwrap(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case Optional<?> o -> o.isPresent() ? o.get() : null;
      case OptionalInt o -> o.isPresent() ? (Object) o.getAsInt() : null;
      case OptionalLong o -> o.isPresent() ? (Object) o.getAsLong() : null;
      case OptionalDouble o -> o.isPresent() ? (Object) o.getAsDouble() : null;
      default -> value;
    };
  }
}

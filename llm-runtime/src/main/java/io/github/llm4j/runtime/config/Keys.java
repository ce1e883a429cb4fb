package io.github.llm4j.runtime.config;

import io.github.llm4j.api.component.ComponentSpec;
import io.github.llm4j.runtime.plugin.Names;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** What a settings record declares: its components as keys. */
final class Keys {
  private Keys() {}

  static List<Key> of(Class<?> settings) {
    return Arrays.stream(settings.getRecordComponents())
        .map(c -> new Key(Names.kebab(c.getName()), c))
        .toList();
  }

  static Class<?> raw(Type type) {
    if (type instanceof Class<?> c) {
      return c;
    }
    if (type instanceof ParameterizedType p && p.getRawType() instanceof Class<?> c) {
      return c;
    }
    throw new IllegalArgumentException(
        "settings: expected a class, a record, an Optional, a List, a Map or a ComponentSpec, found"
            + " "
            + type);
  }

  /** The class inside an Optional, a List or a ComponentSpec; the values' of a Map. */
  static Type inner(Type type) {
    if (type instanceof ParameterizedType p) {
      Type[] arguments = p.getActualTypeArguments();
      return arguments[arguments.length - 1];
    }
    throw new IllegalArgumentException("settings: expected " + type + " to name what it holds");
  }

  static boolean isOptional(Class<?> type) {
    return type == Optional.class
        || type == OptionalInt.class
        || type == OptionalLong.class
        || type == OptionalDouble.class;
  }

  /** What an Optional of any sort holds. */
  static Type held(Type optional) {
    Class<?> raw = raw(optional);
    return raw == OptionalInt.class
        ? int.class
        : raw == OptionalLong.class
            ? long.class
            : raw == OptionalDouble.class ? double.class : inner(optional);
  }

  /** What a message says is expected of a type. */
  static String expected(Type type, boolean percent) {
    Class<?> raw = raw(type);
    if (isOptional(raw)) {
      return expected(held(type), percent);
    }
    if (raw == List.class) {
      return "a list [ … ]";
    }
    if (raw == Map.class || (raw.isRecord() && raw != ComponentSpec.class)) {
      return "an object { … }";
    }
    if (raw == ComponentSpec.class) {
      return Names.kebab(raw(inner(type)).getSimpleName()) + " as a name or { type = … }";
    }
    return Scalars.expected(raw, percent);
  }
}

package io.github.llm4j.runtime.config;

import io.github.llm4j.api.component.ComponentProvider;
import io.github.llm4j.api.component.ComponentSpec;
import io.github.llm4j.api.component.Surroundings;
import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import java.lang.reflect.Constructor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Fills in what components derive from each other, from the outside in, so that what is kept of
 * them stands for itself: {@link ComponentProvider#resolved}.
 */
public final class Resolution {
  private Resolution() {}

  /** The same component with every setting that follows from others written out. */
  public static <T> ComponentSpec<T> of(ComponentSpec<T> spec) {
    return component(spec, Surroundings.none());
  }

  @SuppressWarnings("unchecked") // provider and settings belong together
  private static <T> ComponentSpec<T> component(ComponentSpec<T> spec, Surroundings around) {
    var provider = (ComponentProvider<T, Record, ?>) spec.provider();
    Record settings = provider.resolved(spec.settings(), around);
    return new ComponentSpec<>(
        spec.provider(), record(settings, inside(settings, around)), spec.origin());
  }

  private static Record record(Record settings, Surroundings around) {
    List<Key> keys = Keys.of(settings.getClass());
    @Nullable Object[] values = new Object[keys.size()];
    boolean changed = false;
    for (int i = 0; i < values.length; i++) {
      Object given = PlainSettings.read(settings, keys.get(i));
      values[i] = value(given, around);
      changed |= !same(values[i], given);
    }
    return changed ? construct(settings.getClass(), values) : settings;
  }

  @SuppressWarnings("ReferenceEquality") // what isn't changed is handed through as it is
  private static boolean same(@Nullable Object a, @Nullable Object b) {
    return a == b;
  }

  /** The value itself where nothing in it changes. */
  private static @Nullable Object value(@Nullable Object given, Surroundings around) {
    return switch (given) {
      case ComponentSpec<?> spec -> component(spec, around);
      case Optional<?> o when o.isPresent() ->
          Optional.of(Objects.requireNonNull(value(o.get(), around)));
      case Record inner -> record(inner, inside(inner, around));
      case List<?> list -> {
        List<@Nullable Object> elements = new ArrayList<>();
        list.forEach(element -> elements.add(value(element, around)));
        yield elements;
      }
      case Map<?, ?> map -> {
        Map<@Nullable Object, @Nullable Object> entries = new LinkedHashMap<>();
        map.forEach((key, element) -> entries.put(key, value(element, around)));
        yield entries;
      }
      case null, default -> given;
    };
  }

  /** The surroundings of what stands in these settings. */
  private static Surroundings inside(Record settings, Surroundings around) {
    return new Surroundings(
        nearest(settings, "d-model", around.dModel()),
        nearest(settings, "context-length", around.contextLength()),
        nearest(settings, "layers", around.layers()));
  }

  private static OptionalInt nearest(Record settings, String name, OptionalInt around) {
    for (Key key : Keys.of(settings.getClass())) {
      if (key.name().equals(name)
          && PlainSettings.unwrap(PlainSettings.read(settings, key)) instanceof Integer number) {
        return OptionalInt.of(number);
      }
    }
    return around;
  }

  private static Record construct(Class<?> type, @Nullable Object[] values) {
    try {
      Class<?>[] parameters =
          Arrays.stream(type.getRecordComponents()).map(c -> c.getType()).toArray(Class<?>[]::new);
      Constructor<?> constructor = type.getDeclaredConstructor(parameters);
      constructor.setAccessible(true);
      return (Record) constructor.newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new LlmException(
          ErrorKind.PLUGIN, "settings %s can't be made again: %s".formatted(type, e), e);
    }
  }
}

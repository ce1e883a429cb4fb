package io.github.llm4j.runtime.config;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import io.github.llm4j.api.component.ComponentSpec;
import io.github.llm4j.api.component.SettingsException;
import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.runtime.plugin.Entry;
import io.github.llm4j.runtime.plugin.Kind;
import io.github.llm4j.runtime.plugin.Names;
import io.github.llm4j.runtime.plugin.Registry;
import io.vavr.collection.Seq;
import io.vavr.collection.Vector;
import io.vavr.control.Validation;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One binding of a tree onto a record; collects every problem. */
final class Binding {
  private final Tree tree;
  private final Registry registry;

  /** Components that are bound, by their paths: what is to be checked. */
  final Map<List<String>, ComponentSpec<?>> components = new LinkedHashMap<>();

  /** Whole numbers that are bound, by their paths: what surrounds components. */
  final Map<List<String>, Integer> numbers = new HashMap<>();

  /** Types that components have by default. */
  final Map<List<String>, String> defaultTypes = new HashMap<>();

  Binding(Tree tree, Registry registry) {
    this.tree = tree;
    this.registry = registry;
  }

  /** A record from an object's keys. */
  Validation<Seq<Problem>, Object> record(
      List<String> path, ConfigObject object, Class<?> type, boolean isComponent) {
    List<Key> keys = Keys.of(type);
    Seq<Problem> problems = unknown(path, object, keys, isComponent);
    Object[] values = new Object[keys.size()];
    for (int i = 0; i < values.length; i++) {
      Key key = keys.get(i);
      Validation<Seq<Problem>, Object> bound =
          key(Layers.plus(path, List.of(key.name())), object.get(key.name()), key);
      if (bound.isValid()) {
        values[i] = bound.get();
      } else {
        problems = problems.appendAll(bound.getError());
      }
    }
    return problems.isEmpty() ? construct(path, type, values) : Validation.invalid(problems);
  }

  private Seq<Problem> unknown(
      List<String> path, ConfigObject object, List<Key> keys, boolean isComponent) {
    List<String> known = new ArrayList<>(keys.stream().map(Key::name).toList());
    if (isComponent) {
      known.add("type");
    }
    Seq<Problem> problems = Vector.empty();
    for (String name : new TreeSet<>(object.keySet())) {
      boolean variable = path.isEmpty() && tree.isReferredTo(name);
      if (!known.contains(name) && !variable) {
        List<String> full = Layers.plus(path, List.of(name));
        problems =
            problems.append(
                new Problem(
                    full,
                    tree.where(full, value(object, name)),
                    "no such key."
                        + Names.didYouMean(name, known)
                        + " Known here: "
                        + Names.list(known)
                        + "."));
      }
    }
    return problems;
  }

  private static ConfigValue value(ConfigObject object, String name) {
    ConfigValue value = object.get(name);
    return value == null ? ConfigValueFactory.fromAnyRef(null) : value;
  }

  private Validation<Seq<Problem>, Object> key(
      List<String> path, @Nullable ConfigValue given, Key key) {
    ConfigValue value = given;
    String byDefault = key.byDefault();
    if (byDefault != null) {
      ConfigValue fallback = parsed(byDefault, key);
      Class<?> raw = Keys.raw(key.type());
      Type held = Keys.isOptional(raw) ? Keys.held(key.type()) : key.type();
      if (Keys.raw(held) == ComponentSpec.class) {
        value = component(path, value, fallback);
      } else if (value == null) {
        value = fallback;
      } else if (Keys.raw(held).isRecord() && value instanceof ConfigObject) {
        value = value.withFallback(fallback);
      }
    }
    if (value == null && !key.optional()) {
      return invalid(
          new Problem(
              path,
              tree.where(path),
              "expected %s, found nothing. Set %s."
                  .formatted(Keys.expected(key.type(), key.percent()), key.name())));
    }
    return value(path, value, key.type(), key.percent());
  }

  private static ConfigValue parsed(String byDefault, Key key) {
    try {
      ConfigValue value = ConfigFactory.parseString("value = " + byDefault).root().get("value");
      return value == null
          ? ConfigValueFactory.fromAnyRef("", Rendering.DEFAULT)
          : Tree.described(value, Rendering.DEFAULT);
    } catch (com.typesafe.config.ConfigException e) {
      throw new LlmException(
          ErrorKind.PLUGIN,
          "@Default of %s: expected HOCON, found '%s'. Mend the settings record."
              .formatted(key.component(), byDefault),
          e);
    }
  }

  /** Type that a component's default, as HOCON, names. */
  static @Nullable String defaultType(String byDefault) {
    return typeOf(ConfigFactory.parseString("value = " + byDefault).getValue("value"));
  }

  /** Fills in the type, and the other keys of the default if the type is the default's. */
  private ConfigValue component(
      List<String> path, @Nullable ConfigValue given, ConfigValue fallback) {
    String type = typeOf(fallback);
    if (type != null) {
      defaultTypes.put(path, type);
    }
    if (given == null) {
      return fallback;
    }
    String own = typeOf(given);
    if (given instanceof ConfigObject && type != null && (own == null || own.equals(type))) {
      ConfigValue whole =
          fallback instanceof ConfigObject
              ? fallback
              : ConfigValueFactory.fromMap(Map.of("type", type), Rendering.DEFAULT);
      return given.withFallback(whole);
    }
    return given;
  }

  private static @Nullable String typeOf(ConfigValue value) {
    ConfigValue type = value instanceof ConfigObject object ? object.get("type") : value;
    return type != null && type.valueType() == ConfigValueType.STRING
        ? String.valueOf(type.unwrapped())
        : null;
  }

  private Validation<Seq<Problem>, Object> value(
      List<String> path, @Nullable ConfigValue value, Type type, boolean percent) {
    Class<?> raw = Keys.raw(type);
    if (Keys.isOptional(raw)) {
      return optional(path, value, type, percent);
    }
    if (value == null) {
      throw new IllegalStateException("no value at " + path);
    }
    if (raw == ComponentSpec.class) {
      return component(path, value, Keys.raw(Keys.inner(type)));
    }
    if (raw == List.class) {
      return list(path, value, Keys.inner(type), percent);
    }
    if (raw == Map.class) {
      return map(path, value, Keys.inner(type), percent);
    }
    if (raw.isRecord()) {
      return value instanceof ConfigObject object
          ? record(path, object, raw, false)
          : wrong(path, value, type, percent);
    }
    if (!Scalars.knows(raw)) {
      throw new IllegalArgumentException(
          "settings at " + String.join(".", path) + ": no config value becomes " + raw.getName());
    }
    return Scalars.read(value, raw, percent)
        .map(
            n ->
                n instanceof Path file
                    ? tree.folder(value).map(folder -> (Object) folder.resolve(file)).orElse(n)
                    : n)
        .peek(
            n -> {
              if (n instanceof Integer whole) {
                numbers.put(path, whole);
              }
            })
        .toValidation()
        .mapError(m -> Vector.of(new Problem(path, tree.where(path, value), m)));
  }

  private Validation<Seq<Problem>, Object> wrong(
      List<String> path, ConfigValue value, Type type, boolean percent) {
    return invalid(
        new Problem(
            path,
            tree.where(path, value),
            "expected %s, found %s."
                .formatted(Keys.expected(type, percent), Scalars.shown(value))));
  }

  private Validation<Seq<Problem>, Object> optional(
      List<String> path, @Nullable ConfigValue value, Type type, boolean percent) {
    Class<?> raw = Keys.raw(type);
    if (value == null || value.valueType() == ConfigValueType.NULL) {
      return Validation.valid(
          raw == OptionalInt.class
              ? OptionalInt.empty()
              : raw == OptionalLong.class
                  ? OptionalLong.empty()
                  : raw == OptionalDouble.class ? OptionalDouble.empty() : Optional.empty());
    }
    return value(path, value, Keys.held(type), percent)
        .map(
            held ->
                raw == OptionalInt.class
                    ? OptionalInt.of((Integer) held)
                    : raw == OptionalLong.class
                        ? OptionalLong.of((Long) held)
                        : raw == OptionalDouble.class
                            ? OptionalDouble.of((Double) held)
                            : Optional.of(held));
  }

  private Validation<Seq<Problem>, Object> list(
      List<String> path, ConfigValue value, Type element, boolean percent) {
    if (!(value instanceof com.typesafe.config.ConfigList list)) {
      String hint =
          value.valueType() == ConfigValueType.OBJECT
              ? ""
              : " Write [" + Scalars.shown(value).replace('\'', '"') + "].";
      return invalid(
          new Problem(
              path,
              tree.where(path, value),
              "expected a list, found " + Scalars.shown(value) + "." + hint));
    }
    List<Validation<Seq<Problem>, Object>> bound = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      List<String> at = Layers.plus(path, List.of(Integer.toString(i)));
      bound.add(value(at, list.get(i), element, percent));
    }
    return Validation.sequence(bound).map(Seq::asJava).map(List::copyOf);
  }

  private Validation<Seq<Problem>, Object> map(
      List<String> path, ConfigValue value, Type element, boolean percent) {
    if (!(value instanceof ConfigObject object)) {
      return wrong(path, value, Map.class, percent);
    }
    // The library forgets the order of keys; theirs by name is at least always the same.
    Map<String, Object> values = new LinkedHashMap<>();
    Seq<Problem> problems = Vector.empty();
    for (Map.Entry<String, ConfigValue> e : new TreeMap<>(object).entrySet()) {
      Validation<Seq<Problem>, Object> bound =
          value(Layers.plus(path, List.of(e.getKey())), e.getValue(), element, percent);
      if (bound.isValid()) {
        values.put(e.getKey(), bound.get());
      } else {
        problems = problems.appendAll(bound.getError());
      }
    }
    return problems.isEmpty()
        ? Validation.valid(Collections.unmodifiableMap(values))
        : Validation.invalid(problems);
  }

  private Validation<Seq<Problem>, Object> component(
      List<String> path, ConfigValue value, Class<?> built) {
    Kind kind =
        registry
            .kindBuilding(built)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "settings at %s: the registry has no kind that builds %s"
                            .formatted(String.join(".", path), built.getName())));
    ConfigValue named = value instanceof ConfigObject object ? object.get("type") : value;
    if (named == null) {
      return invalid(
          new Problem(
              path,
              tree.where(path, value),
              "expected a type, found none. Set type to one of: "
                  + Names.list(registry.entries(kind).stream().map(Entry::type).toList())
                  + "."));
    }
    List<String> typePath =
        value instanceof ConfigObject && tree.isSet(Layers.plus(path, List.of("type")))
            ? Layers.plus(path, List.of("type"))
            : path;
    if (named.valueType() != ConfigValueType.STRING) {
      return invalid(
          new Problem(
              typePath,
              tree.where(typePath, named),
              "expected the name of %s, found %s."
                  .formatted(kind.withArticle(), Scalars.shown(named))));
    }
    String type = String.valueOf(named.unwrapped());
    Entry entry = registry.find(kind, type).orElse(null);
    if (entry == null) {
      return invalid(
          new Problem(typePath, tree.where(typePath, named), registry.unknown(kind, type)));
    }
    ConfigObject settings =
        value instanceof ConfigObject object ? object : ConfigFactory.empty().root();
    return record(path, settings, entry.provider().settings(), true)
        .map(
            bound -> {
              ComponentSpec<?> spec =
                  new ComponentSpec<>(entry.provider(), (Record) bound, tree.where(path, value));
              components.put(path, spec);
              return spec;
            });
  }

  private Validation<Seq<Problem>, Object> construct(
      List<String> path, Class<?> type, Object[] values) {
    try {
      Constructor<?> constructor =
          type.getDeclaredConstructor(
              Arrays.stream(type.getRecordComponents())
                  .map(RecordComponent::getType)
                  .toArray(Class<?>[]::new));
      constructor.setAccessible(true);
      return Validation.valid(constructor.newInstance(values));
    } catch (InvocationTargetException e) {
      return invalid(refused(path, type, e.getCause() == null ? e : e.getCause()));
    } catch (ReflectiveOperationException e) {
      throw new LlmException(
          ErrorKind.PLUGIN,
          "settings %s: expected a record that can be made, found %s. Make it and its constructor public."
              .formatted(type.getName(), e),
          e);
    }
  }

  private Problem refused(List<String> path, Class<?> type, Throwable cause) {
    if (cause instanceof SettingsException wrong) {
      List<String> key = Layers.plus(path, ConfigUtil.splitPath(wrong.key()));
      return new Problem(key, tree.where(key), wrong.getMessage());
    }
    if (cause instanceof IllegalArgumentException || cause instanceof LlmException) {
      return new Problem(path, tree.where(path), String.valueOf(cause.getMessage()));
    }
    throw new LlmException(
        ErrorKind.PLUGIN,
        "%s: expected settings or a reason, %s threw %s. This is a fault of its provider."
            .formatted(String.join(".", path), type.getName(), cause),
        cause);
  }

  private static Validation<Seq<Problem>, Object> invalid(Problem problem) {
    return Validation.invalid(Vector.of(problem));
  }
}

package io.github.llm4j.runtime.config;

import io.github.llm4j.api.component.ComponentProvider;
import io.github.llm4j.api.component.ComponentSpec;
import io.github.llm4j.api.component.Surroundings;
import io.github.llm4j.api.error.ConfigException;
import io.github.llm4j.runtime.plugin.Registry;
import io.vavr.collection.Seq;
import io.vavr.control.Validation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Binds a config onto a settings record, checks every component against what surrounds it, and
 * throws all problems at once. Nothing is built.
 */
public final class Binder {
  private final Registry registry;

  /** A binder that knows these components. */
  public Binder(Registry registry) {
    this.registry = registry;
  }

  /**
   * Binds and checks.
   *
   * <p>A component is checked with the nearest {@code d-model}, {@code context-length} and {@code
   * layers} that stand beside it or around it in the config.
   *
   * @param settings a record: its components are the keys of the config's root
   * @throws ConfigException if anything is wrong: lists all of it
   */
  public <R extends Record> Bound<R> bind(Class<R> settings, ConfigSource source) {
    Documents documents = Documents.read(source);
    refuse(source, documents.problems());
    Map<List<String>, String> defaultTypes = new HashMap<>();
    while (true) {
      Layers layers = Layers.of(documents.top(), defaultTypes);
      Tree tree = Tree.of(documents, layers, source.environment());
      refuse(source, tree.problems());
      Binding binding = new Binding(tree, registry);
      Validation<Seq<Problem>, Object> bound =
          binding.record(List.of(), tree.root(), settings, false);
      // Which type a component has by default is known only now, and may tell that another replaces
      // it.
      if (defaultTypes.entrySet().containsAll(binding.defaultTypes.entrySet())) {
        List<Problem> problems = new ArrayList<>();
        if (bound.isInvalid()) {
          problems.addAll(bound.getError().asJava());
        }
        problems.addAll(check(binding, tree));
        refuse(source, problems);
        return new Bound<>(settings.cast(bound.get()), tree);
      }
      defaultTypes.putAll(binding.defaultTypes);
    }
  }

  private static void refuse(ConfigSource source, List<Problem> problems) {
    if (!problems.isEmpty()) {
      List<String> texts = problems.stream().map(Problem::toString).distinct().toList();
      throw new ConfigException(source.name(), texts);
    }
  }

  private static List<Problem> check(Binding binding, Tree tree) {
    List<Problem> problems = new ArrayList<>();
    binding.components.forEach(
        (path, spec) -> {
          Surroundings around =
              new Surroundings(
                  nearest(binding, path, "d-model"),
                  nearest(binding, path, "context-length"),
                  nearest(binding, path, "layers"));
          check(
              spec,
              around,
              (key, message) -> {
                List<String> at =
                    key.isEmpty() ? path : Layers.plus(path, List.of(key.split("\\.")));
                problems.add(new Problem(at, tree.where(at), message));
              });
        });
    return problems;
  }

  @SuppressWarnings("unchecked") // the binding pairs provider and settings
  private static void check(
      ComponentSpec<?> spec, Surroundings around, io.github.llm4j.api.component.Problems problems) {
    ((ComponentProvider<?, Record, ?>) spec.provider()).check(spec.settings(), around, problems);
  }

  /** The number of this key beside or around a component. */
  private static OptionalInt nearest(Binding binding, List<String> path, String key) {
    for (int k = path.size(); k >= 0; k--) {
      Integer number = binding.numbers.get(Layers.plus(path.subList(0, k), List.of(key)));
      if (number != null) {
        return OptionalInt.of(number);
      }
    }
    return OptionalInt.empty();
  }
}

package io.github.llm4j.runtime.family;

import io.github.llm4j.api.parameter.Parameter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a family's checkpoints call their tensors. A rule says {@code checkpoint module = our
 * module}; {@code weight} and {@code bias} come along.
 */
public final class TensorNames {
  private static final Set<String> WORDS = Set.of("to", "split", "transpose");

  private final List<TensorRule> rules = new ArrayList<>();
  private final String optionalPrefix;
  private final Set<String> ignored;

  private TensorNames(String optionalPrefix, Set<String> ignored) {
    this.optionalPrefix = optionalPrefix;
    this.ignored = ignored;
  }

  /** Our own names: parameter paths. */
  public static TensorNames own() {
    return new TensorNames("", Set.of());
  }

  static TensorNames of(
      Map<String, @Nullable Object> weights, Map<String, @Nullable Object> imports) {
    Object prefix = imports.get("optional-prefix");
    TensorNames names =
        new TensorNames(prefix == null ? "" : prefix + ".", Family.texts(imports.get("ignore")));
    names.add("", "", weights);
    return names;
  }

  private void add(String prefix, String into, Map<String, @Nullable Object> node) {
    String inner = node.get("into") == null ? into : joined(into, String.valueOf(node.get("into")));
    node.forEach(
        (key, value) -> {
          String module = joined(prefix, key);
          if (value instanceof Map<?, ?> map) {
            if (map.keySet().stream().anyMatch(WORDS::contains)) {
              rule(module, inner, ConfigKeys.map(map));
            } else {
              add(module, inner, ConfigKeys.map(map));
            }
          } else if (!key.equals("into")) {
            rules.add(new TensorRule(module, List.of(joined(inner, String.valueOf(value))), false));
          }
        });
  }

  private void rule(String module, String into, Map<String, @Nullable Object> rule) {
    if (!WORDS.containsAll(rule.keySet())) {
      throw new FamilyException(
          "weights." + module + ": expected only " + WORDS + ", found " + rule.keySet());
    }
    Object split = rule.get("split");
    List<?> parts = split instanceof List<?> list ? list : List.of(String.valueOf(rule.get("to")));
    rules.add(
        new TensorRule(
            module,
            parts.stream().map(part -> joined(into, String.valueOf(part))).toList(),
            Boolean.TRUE.equals(rule.get("transpose"))));
  }

  private static String joined(String a, String b) {
    return a.isEmpty() ? b : a + "." + b;
  }

  /**
   * The tensors that hold these parameters.
   *
   * @return by the tensors' names; empty if a parameter has no place in such a checkpoint
   */
  public Optional<Map<String, TensorMapping>> map(List<Parameter> parameters) {
    Map<String, Parameter> byPath = new HashMap<>();
    parameters.forEach(p -> byPath.put(p.path(), p));
    Map<String, TensorMapping> mappings = new TreeMap<>();
    int placed = 0;
    for (Parameter parameter : parameters) {
      Optional<TensorMapping> mapping = mapping(parameter.path(), byPath);
      if (mapping.isEmpty()) {
        return Optional.empty();
      }
      if (mapping.get().parts().getFirst().path().equals(parameter.path())) {
        mappings.put(mapping.get().tensor(), mapping.get());
        placed += mapping.get().parts().size();
      }
    }
    return placed == parameters.size() ? Optional.of(mappings) : Optional.empty();
  }

  private Optional<TensorMapping> mapping(String path, Map<String, Parameter> byPath) {
    if (rules.isEmpty()) {
      Parameter own = byPath.get(path);
      return own == null
          ? Optional.empty()
          : Optional.of(new TensorMapping(path, List.of(own), false));
    }
    int dot = path.lastIndexOf('.');
    String module = path.substring(0, Math.max(0, dot));
    String last = path.substring(dot + 1);
    for (TensorRule rule : rules) {
      for (String part : rule.parts()) {
        Optional<Map<String, String>> numbers = TensorRule.match(part, module);
        if (numbers.isPresent()) {
          return whole(rule, numbers.get(), last, byPath);
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<TensorMapping> whole(
      TensorRule rule, Map<String, String> numbers, String last, Map<String, Parameter> byPath) {
    List<Parameter> parts = new ArrayList<>();
    for (String part : rule.parts()) {
      Parameter parameter = byPath.get(TensorRule.fill(part, numbers) + "." + last);
      if (parameter == null) {
        return Optional.empty();
      }
      parts.add(parameter);
    }
    String tensor = TensorRule.fill(rule.module(), numbers) + "." + last;
    return Optional.of(new TensorMapping(tensor, parts, rule.transpose()));
  }

  /** What a checkpoint calls the weight of one of our modules that isn't fused or numbered. */
  public Optional<String> weight(String module) {
    if (rules.isEmpty()) {
      return Optional.of(module + ".weight");
    }
    return rules.stream()
        .filter(rule -> rule.parts().equals(List.of(module)))
        .map(rule -> rule.module() + ".weight")
        .findFirst();
  }

  /**
   * The tensors of a file under the names of the rules, without those that carry nothing.
   *
   * @param found names in the file
   * @param known whether a tensor of this name is expected
   * @return names in the file by the rules' names
   */
  public Map<String, String> canonical(
      Set<String> found, java.util.function.Predicate<String> known) {
    Map<String, String> canonical = new LinkedHashMap<>();
    for (String name : found) {
      String prefixed = optionalPrefix + name;
      String taken =
          !known.test(name) && (known.test(prefixed) || ignores(prefixed)) ? prefixed : name;
      if (!ignores(taken)) {
        canonical.put(taken, name);
      }
    }
    return canonical;
  }

  private boolean ignores(String name) {
    return ignored.stream().anyMatch(pattern -> TensorRule.match(pattern, name).isPresent());
  }
}

package io.github.llm4j.runtime.family;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A tree of a family file: expressions, constants, and objects with {@code when} or {@code match}.
 * Forwards it gives the tree for a config.json, backwards the keys of a config.json for a tree.
 */
final class Template {
  private static final Set<String> WORDS = Set.of("match", "always", "otherwise", "when");

  private final @Nullable Object root;

  /** A tree of HOCON, whose expressions are parsed now. */
  Template(@Nullable Object plain) {
    this.root = parsed(plain);
  }

  private static @Nullable Object parsed(@Nullable Object plain) {
    return switch (plain) {
      case Map<?, ?> map -> {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        map.forEach((key, value) -> tree.put(String.valueOf(key), parsed(value)));
        yield tree;
      }
      case List<?> list -> {
        List<@Nullable Object> tree = new ArrayList<>();
        list.forEach(value -> tree.add(parsed(value)));
        yield tree;
      }
      case String text when ExpressionParser.isExpression(text) -> ExpressionParser.parse(text);
      case null, default -> plain;
    };
  }

  /** The tree for a config.json; what can't be evaluated is added to the problems. */
  @Nullable Object evaluate(Expression.Scope keys, List<String> problems) {
    return evaluate(root, keys, "", problems);
  }

  private static @Nullable Object evaluate(
      @Nullable Object node, Expression.Scope keys, String path, List<String> problems) {
    try {
      return switch (node) {
        case Expression expression -> expression.evaluate(keys);
        case Map<?, ?> map -> object(ConfigKeys.map(map), keys, path, problems);
        case null, default -> node;
      };
    } catch (FamilyException e) {
      problems.add((path.isEmpty() ? "" : path + ": ") + e.getMessage());
      return null;
    }
  }

  private static @Nullable Object object(
      Map<String, @Nullable Object> node,
      Expression.Scope keys,
      String path,
      List<String> problems) {
    if (node.get("when") instanceof Expression when && !Expression.truth(when.evaluate(keys))) {
      return null;
    }
    if (node.get("match") instanceof Expression match) {
      String found = String.valueOf(match.evaluate(keys));
      boolean known = node.containsKey(found) && !WORDS.contains(found);
      if (!known && !node.containsKey("otherwise")) {
        throw new FamilyException(
            "expected one of " + String.join(", ", cases(node)) + ", found " + found);
      }
      return evaluate(chosen(node, known ? found : "otherwise"), keys, path, problems);
    }
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    node.forEach(
        (key, value) -> {
          if (!key.equals("when")) {
            String inside = path.isEmpty() ? key : path + "." + key;
            Object part = evaluate(value, keys, inside, problems);
            if (part != null) {
              tree.put(key, part);
            }
          }
        });
    return tree;
  }

  private static Set<String> cases(Map<String, @Nullable Object> node) {
    Set<String> cases = new LinkedHashSet<>(node.keySet());
    cases.removeAll(WORDS);
    return cases;
  }

  /** One case with what stands in each. */
  private static @Nullable Object chosen(Map<String, @Nullable Object> node, String name) {
    Object one = node.get(name);
    if (one instanceof Map<?, ?> map && node.get("always") instanceof Map<?, ?> always) {
      Map<String, @Nullable Object> merged = new LinkedHashMap<>(ConfigKeys.map(always));
      merged.putAll(ConfigKeys.map(map));
      return merged;
    }
    return one;
  }

  /** The node at a path; null if there is none. */
  @Nullable Object at(String path) {
    Object node = root;
    for (String name : path.split("\\.")) {
      node = node instanceof Map<?, ?> map ? map.get(name) : null;
    }
    return node;
  }

  /**
   * Finds keys of a config.json that give this tree: a guess, which the caller checks by evaluating
   * it.
   */
  boolean solve(@Nullable Object tree, ConfigKeys keys) {
    return solve(root, tree, keys);
  }

  private static boolean solve(@Nullable Object node, @Nullable Object tree, ConfigKeys keys) {
    if (node instanceof Expression expression) {
      return Inverse.solve(expression, tree, keys);
    }
    if (!(node instanceof Map<?, ?> map)) {
      return Expression.same(node, tree);
    }
    Map<String, @Nullable Object> object = ConfigKeys.map(map);
    if (object.get("match") instanceof Expression match) {
      return matched(object, match, tree, keys);
    }
    if (!(tree instanceof Map<?, ?> found)) {
      return false;
    }
    boolean all = true;
    for (Map.Entry<String, @Nullable Object> entry : object.entrySet()) {
      if (!entry.getKey().equals("when")) {
        all &= solve(entry.getValue(), found.get(entry.getKey()), keys);
      }
    }
    return all;
  }

  private static boolean matched(
      Map<String, @Nullable Object> node,
      Expression match,
      @Nullable Object tree,
      ConfigKeys keys) {
    for (String name : cases(node)) {
      ConfigKeys guess = keys.fork();
      if (solve(chosen(node, name), tree, guess)) {
        keys.become(guess);
        return Inverse.holds(match, name, keys) || Inverse.solve(match, name, keys);
      }
    }
    return false;
  }
}

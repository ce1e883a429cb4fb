package io.github.llm4j.runtime.config;

import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * A config that is bound and checked.
 *
 * @param <R> its settings
 */
public final class Bound<R extends Record> {
  private final R settings;
  private final Tree tree;

  Bound(R settings, Tree tree) {
    this.settings = settings;
    this.tree = tree;
  }

  /** The settings. */
  public R settings() {
    return settings;
  }

  /** Where a key is set, as {@code train.conf:14}; for one that isn't, what lies around it. */
  public String origin(String path) {
    return tree.where(List.of(path.split("\\.")));
  }

  /**
   * The whole config as HOCON with every default filled in and every origin beside its value: reads
   * back as the same settings, whatever later versions' defaults are.
   */
  public String render() {
    return new Rendering(tree).of(settings);
  }

  /**
   * Every value that is set, defaults too, by dotted path, in the order of {@link #render}.
   *
   * <p>The path of a component's type ends in {@code .type}, that of a list's element in its index.
   */
  public Map<String, Value> values() {
    return Collections.unmodifiableMap(new Rendering(tree).values(settings));
  }

  /**
   * A value with where it comes from.
   *
   * @param text as HOCON
   * @param origin as {@code train.conf:14}, or {@code default}
   */
  public record Value(String text, String origin) {}
}

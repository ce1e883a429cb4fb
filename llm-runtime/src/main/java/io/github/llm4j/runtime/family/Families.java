package io.github.llm4j.runtime.family;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The families of some class loaders: each jar names its own in {@value #INDEX}, with what they
 * are, and has a file {@code families/NAME.conf} for each.
 */
public final class Families {
  static final String INDEX = "META-INF/llm4j/families.conf";

  private final Map<String, ClassLoader> loaders;

  private Families(Map<String, ClassLoader> loaders) {
    this.loaders = loaders;
  }

  /** The families that these class loaders see. */
  public static Families of(Collection<ClassLoader> loaders) {
    Map<String, ClassLoader> found = new TreeMap<>();
    for (ClassLoader loader : new LinkedHashSet<>(loaders)) {
      names(loader).forEach(name -> found.putIfAbsent(name, loader));
    }
    return new Families(found);
  }

  /** The index of each jar, which the library merges. */
  private static Set<String> names(ClassLoader loader) {
    try {
      return ConfigFactory.parseResources(loader, INDEX).root().keySet();
    } catch (ConfigException e) {
      throw new LlmException(
          ErrorKind.PLUGIN,
          "%s: a list of families expected, found: %s. Mend the file."
              .formatted(INDEX, e.getMessage()),
          e);
    }
  }

  /** Their names in order. */
  public Set<String> names() {
    return Collections.unmodifiableSet(loaders.keySet());
  }

  /** A family by the {@code model_type} of config.json. */
  public Optional<Family> find(String modelType) {
    return Optional.ofNullable(loaders.get(modelType))
        .map(loader -> Family.read(modelType, loader));
  }

  /** All of them. */
  public List<Family> all() {
    return loaders.keySet().stream().flatMap(name -> find(name).stream()).toList();
  }
}

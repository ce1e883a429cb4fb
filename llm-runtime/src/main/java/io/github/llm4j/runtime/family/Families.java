package io.github.llm4j.runtime.family;

import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The families of some class loaders: each jar lists its own in {@value #INDEX}, one name a line,
 * and has a file {@code families/NAME.conf} for each.
 */
public final class Families {
  static final String INDEX = "META-INF/llm4j/families";

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

  private static List<String> names(ClassLoader loader) {
    List<String> names = new ArrayList<>();
    try {
      for (URL index : Collections.list(loader.getResources(INDEX))) {
        try (InputStream in = index.openStream()) {
          new String(in.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .map(String::strip)
              .filter(line -> !line.isEmpty() && !line.startsWith("#"))
              .forEach(names::add);
        }
      }
    } catch (IOException e) {
      throw new LlmException(
          ErrorKind.PLUGIN,
          "%s: a list of families expected, found %s. Copy the jars again.".formatted(INDEX, e),
          e);
    }
    return names;
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

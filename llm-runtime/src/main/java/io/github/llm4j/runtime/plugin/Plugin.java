package io.github.llm4j.runtime.plugin;

import java.nio.file.Path;
import java.util.List;

/**
 * A folder of jars that brings components, behind a class loader of its own.
 *
 * @param name what its manifest calls it
 * @param version its own version
 * @param jar the jar with the manifest; what else lies in the folder is there for it
 * @param jars all jars of the folder, by name
 * @param loader what its classes come from
 */
public record Plugin(String name, String version, Path jar, List<Path> jars, ClassLoader loader) {

  /** Copies the list. */
  public Plugin {
    jars = List.copyOf(jars);
  }

  /** As {@code plugin gated-mlp (/opt/llm4j/plugins/gated-mlp/gated-mlp-1.0.jar)}. */
  String where() {
    return "plugin " + name + " (" + jar + ")";
  }

  @Override
  public String toString() {
    return name + " " + version;
  }
}

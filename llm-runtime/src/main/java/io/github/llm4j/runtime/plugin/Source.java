package io.github.llm4j.runtime.plugin;

/**
 * Where a provider comes from.
 *
 * @param module name of the jar's module or plugin, as {@code llm-layers}
 * @param version its version
 * @param location the jar or folder
 */
public record Source(String module, String version, String location) {

  @Override
  public String toString() {
    return module + " " + version;
  }
}

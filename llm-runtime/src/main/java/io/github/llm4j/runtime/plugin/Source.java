package io.github.llm4j.runtime.plugin;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.CodeSource;
import org.jspecify.annotations.Nullable;

/**
 * Where a provider comes from.
 *
 * @param module name of the jar's module or plugin, as {@code llm-layers}
 * @param version its version
 * @param location the jar or folder
 */
public record Source(String module, String version, String location) {

  /**
   * Reads the manifest of the class's jar; for a folder of classes the project's folder is named.
   */
  static Source of(Class<?> type) {
    Path location = location(type.getProtectionDomain().getCodeSource());
    String title = type.getPackage().getImplementationTitle();
    String version = type.getPackage().getImplementationVersion();
    return new Source(
        title != null ? title : module(location),
        version != null ? version : "unreleased",
        location == null ? "the Java runtime" : location.toString());
  }

  private static String module(@Nullable Path location) {
    if (location == null || location.getFileName() == null) {
      return "unknown";
    }
    if (location.endsWith("target/classes") || location.endsWith("target/test-classes")) {
      return String.valueOf(location.getName(Math.max(0, location.getNameCount() - 3)));
    }
    return location.getFileName().toString();
  }

  private static @Nullable Path location(@Nullable CodeSource source) {
    if (source == null || source.getLocation() == null) {
      return null;
    }
    try {
      return Path.of(source.getLocation().toURI());
    } catch (URISyntaxException | IllegalArgumentException e) {
      return Path.of(source.getLocation().getPath());
    }
  }

  @Override
  public String toString() {
    return module + " " + version;
  }
}

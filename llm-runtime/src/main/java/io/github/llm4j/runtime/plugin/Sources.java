package io.github.llm4j.runtime.plugin;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.HashMap;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;

/**
 * Reads the manifests of the jars that providers come from, each once. A class's Package isn't
 * asked: of two jars that share a package it knows the first alone.
 */
final class Sources {
  private final Map<Path, Source> known = new HashMap<>();

  Source of(Class<?> type) {
    Path location = location(type.getProtectionDomain().getCodeSource());
    if (location == null) {
      return new Source("java", Runtime.version().toString(), "the Java runtime");
    }
    return known.computeIfAbsent(location, Sources::read);
  }

  private static Source read(Path location) {
    String file = String.valueOf(location.getFileName());
    if (location.endsWith("target/classes") || location.endsWith("target/test-classes")) {
      file = String.valueOf(location.getName(Math.max(0, location.getNameCount() - 3)));
    }
    Attributes attributes = new Attributes();
    if (Files.isRegularFile(location)) {
      try (JarFile jar = new JarFile(location.toFile())) {
        Manifest manifest = jar.getManifest();
        attributes = manifest == null ? attributes : manifest.getMainAttributes();
      } catch (IOException e) {
        // The class came from it, so it was a jar a moment ago; its name will do.
        return new Source(file, "of unknown version", location.toString());
      }
    }
    String title = attributes.getValue(Attributes.Name.IMPLEMENTATION_TITLE);
    String version = attributes.getValue(Attributes.Name.IMPLEMENTATION_VERSION);
    return new Source(
        title == null ? file : title,
        version == null ? "unreleased" : version,
        location.toString());
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
}

package io.github.llm4j.runtime.plugin;

import io.github.llm4j.api.ApiVersion;
import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipException;

/**
 * Reads the folder of a plugin, {@code plugins/NAME/*.jar}: names and manifests of its jars, no
 * class.
 */
final class PluginFolder {
  static final String NAME = "Llm4j-Plugin";
  static final String API = "Llm4j-Api";
  private static final String API_CLASSES =
      ApiVersion.class.getPackageName().replace('.', '/') + "/";

  private final Path folder;

  PluginFolder(Path folder) {
    this.folder = folder;
  }

  /** A jar that names a plugin. */
  private record Named(Path jar, Attributes attributes) {}

  /**
   * Opens the plugin.
   *
   * @param api loader of the API's classes
   * @throws LlmException if it can't be one of ours: says why and what to do
   */
  Plugin open(ClassLoader api) {
    List<Path> jars = jars();
    List<Named> named = new ArrayList<>();
    for (Path jar : jars) {
      Attributes attributes = attributes(jar);
      if (attributes.getValue(NAME) != null || attributes.getValue(API) != null) {
        named.add(new Named(jar, attributes));
      }
    }
    if (named.size() != 1) {
      String found =
          named.isEmpty()
              ? (jars.size() == 1 ? "none in " : "none among ") + names(jars)
              : "two: " + names(named.stream().limit(2).map(Named::jar).toList());
      throw refused(
          "plugin folder " + folder,
          "one jar whose manifest has %s and %s expected, found %s".formatted(NAME, API, found),
          named.isEmpty()
              ? "Ask the plugin's author for one: docs/guides/write-a-plugin.md says how it is"
                  + " built."
              : "Give each plugin a folder of its own.");
    }
    Path jar = named.getFirst().jar;
    Attributes attributes = named.getFirst().attributes;
    String name = value(jar, attributes, NAME);
    checkApi("plugin " + name + " (" + jar + ")", value(jar, attributes, API));
    String version = attributes.getValue(Attributes.Name.IMPLEMENTATION_VERSION);
    version = version == null ? "unreleased" : version.strip();
    try {
      return new Plugin(name, version, jar, jars, PluginLoader.of(name + " " + version, jars, api));
    } catch (IOException e) {
      throw unreadable(folder, e);
    }
  }

  private List<Path> jars() {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> jars = files.filter(PluginFolder::isJar).sorted().toList();
      if (jars.isEmpty()) {
        throw refused(
            "plugin folder " + folder, "jars expected, found none", "Put the plugin's jars there.");
      }
      return jars;
    } catch (IOException e) {
      throw unreadable(folder, e);
    }
  }

  static boolean isJar(Path file) {
    return String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT).endsWith(".jar");
  }

  /** The manifest's main attributes; none where there is no manifest. */
  private Attributes attributes(Path jar) {
    try (JarFile file = new JarFile(jar.toFile(), false)) {
      if (file.stream().anyMatch(e -> isApi(e.getName()))) {
        throw refused(
            "plugin folder " + folder,
            "no copy of the API expected, found the package %s in %s"
                .formatted(ApiVersion.class.getPackageName(), jar.getFileName()),
            "Remove llm-api's jar from the folder, or build the plugin with llm-api in Maven's"
                + " scope 'provided'.");
      }
      Manifest manifest = file.getManifest();
      return manifest == null ? new Attributes() : manifest.getMainAttributes();
    } catch (ZipException e) {
      throw refused(
          "plugin folder " + folder,
          "whole jars expected, found %s cut off or damaged (%s)"
              .formatted(jar.getFileName(), e.getMessage()),
          "Copy it again.");
    } catch (IOException e) {
      throw unreadable(jar, e);
    }
  }

  /** Also in {@code META-INF/versions/25}. */
  private static boolean isApi(String entry) {
    String name = entry.startsWith("META-INF/versions/") ? afterVersion(entry) : entry;
    return name.startsWith(API_CLASSES) && name.endsWith(".class");
  }

  private static String afterVersion(String entry) {
    return entry.substring(entry.indexOf('/', "META-INF/versions/".length()) + 1);
  }

  private static String value(Path jar, Attributes attributes, String key) {
    String value = attributes.getValue(key);
    if (value == null || value.isBlank()) {
      throw refused(
          "plugin " + jar,
          "%s and %s in the manifest expected, found no %s".formatted(NAME, API, key),
          "Ask the plugin's author for a jar with both.");
    }
    return value.strip();
  }

  private static void checkApi(String where, String found) {
    String expected = "version %d of the API expected".formatted(ApiVersion.MAJOR);
    if (!found.matches("[0-9]{1,9}")) {
      throw refused(
          where,
          "%s in the manifest, found %s: %s".formatted(expected, API, found),
          "The number is llm-api's ApiVersion.MAJOR: ask the plugin's author for a jar with it.");
    }
    int version = Integer.parseInt(found);
    if (version != ApiVersion.MAJOR) {
      throw refused(
          where,
          "%s, found that it was built against version %d".formatted(expected, version),
          version > ApiVersion.MAJOR
              ? "Update llm4j, or take an older version of the plugin."
              : "Update the plugin.");
    }
  }

  private static String names(List<Path> jars) {
    return jars.stream()
        .map(j -> String.valueOf(j.getFileName()))
        .collect(Collectors.joining(", "));
  }

  private static LlmException unreadable(Path path, IOException e) {
    return refused(
        "plugin " + path, "a file or folder to read expected, found " + e, "Check its rights.");
  }

  private static LlmException refused(String where, String what, String remedy) {
    return new LlmException(ErrorKind.PLUGIN, where + ": " + what + ". " + remedy);
  }
}

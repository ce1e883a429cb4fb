package io.github.llm4j.runtime.plugin;

import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The plugins of some places, each a folder with a folder for each plugin. What can't be one of
 * ours is refused in a sentence, and the others go on.
 *
 * <p>Closing releases the jars: no component of a plugin may be in use any more.
 */
public final class Plugins implements AutoCloseable {
  private final List<Plugin> plugins = new ArrayList<>();
  private final List<String> refused = new ArrayList<>();

  private Plugins() {}

  /** No plugins. */
  public static Plugins none() {
    return new Plugins();
  }

  /**
   * Opens all plugins of some places; a place that isn't there has none.
   *
   * @param places folders, as {@code plugins}
   */
  public static Plugins open(List<Path> places) {
    Plugins opened = new Plugins();
    ClassLoader api = new PluginLoader.Api();
    for (Path place :
        places.stream().map(p -> p.toAbsolutePath().normalize()).distinct().toList()) {
      if (Files.isDirectory(place)) {
        opened.open(place, api);
      }
    }
    opened.refuseNamesakes();
    return opened;
  }

  private void open(Path place, ClassLoader api) {
    try (Stream<Path> files = Files.list(place)) {
      for (Path file : files.sorted().toList()) {
        if (Files.isDirectory(file) && !String.valueOf(file.getFileName()).startsWith(".")) {
          open(new PluginFolder(file), api);
        } else if (PluginFolder.isJar(file)) {
          refused.add(
              "plugin %s: a folder for each plugin expected, found a jar beside them. Move it to a folder of its own, as %s."
                  .formatted(file, place.resolve("NAME").resolve(file.getFileName())));
        }
      }
    } catch (IOException | UncheckedIOException e) {
      refused.add(
          "plugins %s: a folder to read expected, found %s. Check its rights."
              .formatted(place, e.getMessage()));
    }
  }

  private void open(PluginFolder folder, ClassLoader api) {
    try {
      plugins.add(folder.open(api));
    } catch (LlmException e) {
      refused.add(String.valueOf(e.getMessage()));
    }
  }

  private void refuseNamesakes() {
    Map<String, List<Plugin>> byName = new LinkedHashMap<>();
    plugins.forEach(p -> byName.computeIfAbsent(p.name(), n -> new ArrayList<>()).add(p));
    for (List<Plugin> same : byName.values()) {
      if (same.size() > 1) {
        refused.add(
            "plugin %s: one of this name expected, found two: %s and %s. Remove one of them."
                .formatted(same.get(0).name(), same.get(0).jar(), same.get(1).jar()));
        plugins.removeAll(same);
        same.forEach(p -> close(p.loader()));
      }
    }
  }

  /** Those that are not refused so far; no class of theirs has been loaded. */
  public List<Plugin> plugins() {
    return List.copyOf(plugins);
  }

  /** Why others are refused, one sentence each. */
  public List<String> refused() {
    return List.copyOf(refused);
  }

  @Override
  public void close() {
    plugins.forEach(p -> close(p.loader()));
  }

  static void close(ClassLoader loader) {
    try {
      if (loader instanceof Closeable closeable) {
        closeable.close();
      }
    } catch (IOException e) {
      throw new LlmException(
          ErrorKind.RESOURCES, loader.getName() + ": its jars to close expected, found " + e, e);
    }
  }
}

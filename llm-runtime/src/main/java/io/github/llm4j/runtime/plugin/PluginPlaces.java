package io.github.llm4j.runtime.plugin;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * Where plugins are looked for: beside the installation and in the user's config folder. Never in
 * the current folder, where anybody's download may lie.
 *
 * @param system name of the operating system, as {@code Linux}
 * @param environment its variables by name
 * @param userHome the user's home folder
 * @param installation folder of the distribution, if there is one
 */
public record PluginPlaces(
    String system,
    Function<String, Optional<String>> environment,
    Path userHome,
    Optional<Path> installation) {
  private static final String PLUGINS = "plugins";

  /** The places of this process. */
  public static PluginPlaces ofProcess() {
    return new PluginPlaces(
        System.getProperty("os.name"),
        name -> Optional.ofNullable(System.getenv(name)),
        Path.of(System.getProperty("user.home")),
        Optional.ofNullable(System.getProperty("llm4j.home")).map(Path::of));
  }

  /** The folders, which need not exist. Those that aren't absolute are left out. */
  public List<Path> folders() {
    List<Path> folders = new ArrayList<>();
    installation.map(i -> i.resolve(PLUGINS)).ifPresent(folders::add);
    folders.add(config().resolve("llm4j").resolve(PLUGINS));
    folders.removeIf(folder -> !folder.isAbsolute());
    return folders;
  }

  private Path config() {
    String name = system.toLowerCase(Locale.ROOT);
    if (name.startsWith("windows")) {
      return variable("APPDATA").orElse(userHome.resolve("AppData").resolve("Roaming"));
    }
    Path usual =
        name.startsWith("mac") ? Path.of("Library", "Application Support") : Path.of(".config");
    return variable("XDG_CONFIG_HOME").orElse(userHome.resolve(usual));
  }

  /** A folder that the environment names; the XDG rules say that a relative one is none. */
  private Optional<Path> variable(String name) {
    return environment.apply(name).filter(v -> !v.isBlank()).map(Path::of).filter(Path::isAbsolute);
  }
}

package io.github.llm4j.cli;

import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.runtime.plugin.PluginPlaces;
import io.github.llm4j.runtime.plugin.Plugins;
import io.github.llm4j.runtime.plugin.Registry;
import io.github.llm4j.trainers.run.Pretraining;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The components on the class path and of plugins. */
final class Components {
  private Components() {}

  /** All of them; what is refused is said on the error stream, and the others go on. */
  static Registry registry() {
    Registry registry = quietly();
    registry.failures().forEach(f -> Llm.err().println("Not loaded: " + f));
    return registry;
  }

  /** All of them, for commands that say themselves what is refused. */
  static Registry quietly() {
    return Pretraining.registry(Components.class.getClassLoader(), Plugins.open(places()));
  }

  /** Where plugins are looked for. */
  static List<Path> places() {
    List<Path> places = new ArrayList<>(PluginPlaces.ofProcess().folders());
    for (Path named : Llm.plugins()) {
      if (!Files.isDirectory(named)) {
        throw new LlmException(
            ErrorKind.USER,
            "--plugins %s: a folder with a folder for each plugin expected, found %s. Check the path."
                .formatted(named, Files.exists(named) ? "a file" : "nothing"));
      }
      places.add(named.toAbsolutePath().normalize());
    }
    return places.stream().distinct().toList();
  }
}

package io.github.llm4j.runtime.config;

import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.runtime.file.Utf8;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What is bound: a config, what the command line sets over it, and the environment that it may
 * name.
 *
 * @param name what messages call it, as {@code train.conf}
 * @param folder what relative includes are relative to; absolute
 * @param text HOCON
 * @param overrides {@code key=value}, over the text; a value that doesn't start with one of <code>
 *     { [ "
 *     $</code> is taken as it stands
 * @param environment what <code>${?NAME}</code> finds; nothing else is read from it
 */
public record ConfigSource(
    String name,
    Path folder,
    String text,
    List<String> overrides,
    Map<String, String> environment) {

  /** Copies the collections. */
  public ConfigSource {
    folder = folder.toAbsolutePath().normalize();
    overrides = List.copyOf(overrides);
    environment = Map.copyOf(environment);
  }

  /**
   * A file, with the environment of the process.
   *
   * @throws LlmException if it can't be read
   */
  public static ConfigSource file(Path file) {
    Path absolute = file.toAbsolutePath().normalize();
    Path folder = absolute.getParent();
    if (!Files.isRegularFile(absolute) || folder == null) {
      throw new LlmException(
          ErrorKind.USER,
          "%s: expected a config file, found %s. Give the path of a .conf file."
              .formatted(file, Files.exists(absolute) ? "a folder" : "nothing"));
    }
    return new ConfigSource(
        String.valueOf(absolute.getFileName()), folder, read(absolute), List.of(), System.getenv());
  }

  /** A text, without environment. */
  public static ConfigSource text(String name, String hocon) {
    return new ConfigSource(name, Path.of(""), hocon, List.of(), Map.of());
  }

  /** The same with {@code key=value} over it; later ones win. */
  public ConfigSource withOverrides(List<String> more) {
    List<String> all = new ArrayList<>(overrides);
    all.addAll(more);
    return new ConfigSource(name, folder, text, all, environment);
  }

  /** The same in another environment. */
  public ConfigSource withEnvironment(Map<String, String> variables) {
    return new ConfigSource(name, folder, text, overrides, variables);
  }

  static String read(Path file) {
    try {
      return Utf8.read(file);
    } catch (IOException e) {
      throw new LlmException(
          ErrorKind.USER,
          "%s: expected a text in UTF-8 that can be read, found %s. Check the file's encoding and rights."
              .formatted(file, e),
          e);
    }
  }
}

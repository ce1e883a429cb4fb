package io.github.llm4j.testkit;

import io.github.llm4j.api.op.Op;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** The op records of {@code api.op}, read off the class path. */
final class OpClasses {
  private static final String CLASS = ".class";

  private OpClasses() {}

  /** Names of all ops, as {@link Op#name} gives them. */
  static List<String> names() {
    String path = Op.class.getPackageName().replace('.', '/');
    try {
      Path source = Path.of(Op.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      if (Files.isDirectory(source)) {
        return names(source.resolve(path));
      }
      try (FileSystem jar =
          FileSystems.newFileSystem(URI.create("jar:" + source.toUri()), Map.of())) {
        return names(jar.getPath(path));
      }
    } catch (IOException | URISyntaxException e) {
      throw new AssertionError("classes of api.op can't be listed", e);
    }
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(CLASS) && !name.contains("$"))
          .map(name -> load(name.substring(0, name.length() - CLASS.length())))
          .filter(c -> c.isRecord() && Op.class.isAssignableFrom(c))
          .map(c -> "llm4j:" + kebab(c.getSimpleName()))
          .sorted()
          .toList();
    }
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(Op.class.getPackageName() + "." + name);
    } catch (ClassNotFoundException e) {
      throw new LinkageError(name, e);
    }
  }

  private static String kebab(String name) {
    return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
  }
}

package io.github.llm4j.formats;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Other tools' files with their expected numbers, which lie beside the repository, not in it. */
public final class SharedData {
  private static final String PROPERTY = "llm4j.shared";

  private SharedData() {}

  /** A file or folder; the test is skipped where there is none. */
  public static Path path(String name) {
    Path shared = shared();
    Assumptions.assumeTrue(
        Files.exists(shared.resolve(name)),
        "no " + name + ": -D" + PROPERTY + "=FOLDER, or shared beside the repository, gives it");
    return shared.resolve(name);
  }

  private static Path shared() {
    String property = System.getProperty(PROPERTY);
    if (property != null) {
      return Path.of(property);
    }
    Path up = Path.of("").toAbsolutePath();
    while (up != null && !Files.isDirectory(up.resolve("shared/data"))) {
      up = up.getParent();
    }
    return up == null ? Path.of("shared") : up.resolve("shared");
  }
}

package io.github.llm4j.tasks.folder;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Other tools' files and numbers, which lie beside the repository, not in it. */
final class Shared {
  private Shared() {}

  /** A folder there; the test is skipped where it isn't. */
  static Path folder(String name) {
    for (Path up = Path.of("").toAbsolutePath(); up != null; up = up.getParent()) {
      Path folder = up.resolve("shared").resolve(name);
      if (Files.isDirectory(folder)) {
        return folder;
      }
    }
    Assumptions.abort("no folder shared/" + name + " beside the repository");
    throw new IllegalStateException();
  }
}

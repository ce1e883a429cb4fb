package io.github.llm4j.layers;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/** Finds checkpoints of other tools, which lie beside the repository, not in it. */
final class ReferenceModels {
  private static final String PROPERTY = "llm4j.reference";

  private ReferenceModels() {}

  /** Folder of a family; the test is skipped where there is none. */
  static Path folder(String family) {
    Path models = models();
    Assumptions.assumeTrue(
        models != null && Files.isDirectory(models.resolve(family)),
        "no reference checkpoint '"
            + family
            + "': -D"
            + PROPERTY
            + "=FOLDER, or shared/reference/models beside the repository, would give it");
    return java.util.Objects.requireNonNull(models).resolve(family);
  }

  private static @Nullable Path models() {
    String property = System.getProperty(PROPERTY);
    if (property != null) {
      return Path.of(property);
    }
    for (Path up = Path.of("").toAbsolutePath(); up != null; up = up.getParent()) {
      Path models = up.resolve("shared/reference/models");
      if (Files.isDirectory(models)) {
        return models;
      }
    }
    return null;
  }
}

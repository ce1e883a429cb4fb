package io.github.llm4j.runtime.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Texts that users see, kept as files; {@code -Dgolden.update} writes them anew. */
public final class Golden {
  private Golden() {}

  /** Compares. */
  public static void check(Path file, String text) throws IOException {
    if (System.getProperty("golden.update") != null) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text + "\n");
    }
    String expected = Files.exists(file) ? Files.readString(file) : "(no file " + file + ")";
    assertEquals(expected, text + "\n");
  }
}

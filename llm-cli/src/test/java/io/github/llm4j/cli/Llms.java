package io.github.llm4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Runs commands as the launcher does and compares what they print with files of {@code
 * src/test/resources/golden}; {@code -Dgolden.write} writes those anew, to be read before they are
 * committed.
 */
final class Llms {
  private Llms() {}

  /** What a command did. */
  record Result(int code, String out, String err) {}

  static Result llm(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code = Main.run(new PrintWriter(out), new PrintWriter(err), args);
    return new Result(code, unix(out), unix(err));
  }

  private static String unix(StringWriter text) {
    return text.toString()
        .replace(System.lineSeparator(), "\n")
        .replaceAll("\\((llm-[a-z-]+) [^)]+\\)", "($1 VERSION)"); // "unreleased" without a jar
  }

  static void assertGolden(String name, String text) throws IOException {
    if (System.getProperty("golden.write") != null) {
      Files.writeString(Path.of("src/test/resources/golden", name), text);
      return;
    }
    try (InputStream in = Llms.class.getResourceAsStream("/golden/" + name)) {
      assertEquals(
          in == null ? "(no file)" : new String(in.readAllBytes(), StandardCharsets.UTF_8),
          text,
          name);
    }
  }
}

package io.github.llm4j.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A program that a test runs. */
final class Command {
  private final List<String> words = new ArrayList<>();
  private final Map<String, String> environment = new TreeMap<>();
  private final Path folder;

  /** What a program did. */
  record Result(int code, String out, String err) {
    Result ok() {
      assertEquals(0, code, () -> "out:\n" + out + "\nerr:\n" + err);
      return this;
    }
  }

  /**
   * A program.
   *
   * @param folder it runs in
   */
  Command(Path folder, String... words) {
    this.folder = folder;
    this.words.addAll(List.of(words));
  }

  /** A program of this Java, without any flag of the JVM. */
  static Command java(Path folder, List<String> classPath, String... words) {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    return new Command(folder, java.toString(), "-cp", String.join(File.pathSeparator, classPath))
        .with(words);
  }

  Command with(String... more) {
    words.addAll(List.of(more));
    return this;
  }

  Command setting(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  Result run() throws IOException, InterruptedException {
    Path out = Files.createTempFile(folder, ".out", ".txt");
    Path err = Files.createTempFile(folder, ".err", ".txt");
    ProcessBuilder builder = new ProcessBuilder(words).directory(folder.toFile());
    Map<String, String> all = builder.environment();
    all.keySet()
        .removeIf(
            k ->
                k.startsWith("MAVEN_")
                    || k.startsWith("LLM_")
                    || k.equals("JAVA_TOOL_OPTIONS")
                    || k.equals("JDK_JAVA_OPTIONS"));
    all.put("JAVA_HOME", System.getProperty("java.home"));
    all.putAll(environment);
    try {
      int code = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start().waitFor();
      return new Result(
          code,
          Files.readString(out, StandardCharsets.UTF_8),
          Files.readString(err, StandardCharsets.UTF_8));
    } finally {
      Files.deleteIfExists(out);
      Files.deleteIfExists(err);
    }
  }
}

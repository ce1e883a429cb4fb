package io.github.llm4j.runtime.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.llm4j.api.error.ConfigException;
import io.github.llm4j.api.error.LlmException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every config of {@code src/test/resources/config} that ends in {@code .conf} is wrong, and its
 * text in {@code golden/config} says how. Lines that start with {@code #: } set overrides and the
 * environment.
 */
class ConfigErrorsTest {
  private static final Path CONFIGS = Path.of("src/test/resources/config");

  static List<String> configs() throws IOException {
    try (Stream<Path> files = Files.list(CONFIGS)) {
      List<String> names =
          files
              .map(f -> f.getFileName().toString())
              .filter(n -> n.endsWith(".conf"))
              .sorted()
              .toList();
      assertTrue(names.size() > 20, "found only " + names);
      return names;
    }
  }

  @ParameterizedTest
  @MethodSource("configs")
  void saysWhatIsWrong(String name) throws IOException {
    Path file = CONFIGS.resolve(name);
    List<String> overrides = new ArrayList<>();
    Map<String, String> environment = new HashMap<>();
    for (String line : Files.readAllLines(file)) {
      if (line.startsWith("#: -D ")) {
        overrides.add(line.substring(6));
      } else if (line.startsWith("#: env ")) {
        String[] pair = line.substring(7).split("=", 2);
        environment.put(pair[0], pair[1]);
      }
    }
    ConfigSource source =
        ConfigSource.file(file).withOverrides(overrides).withEnvironment(environment);
    ConfigException e =
        assertThrows(
            ConfigException.class,
            () -> new Binder(TestComponents.registry()).bind(TestComponents.Run.class, source));
    String text = e.getMessage().replace(CONFIGS.toAbsolutePath() + "/", "FOLDER/");
    Golden.check(Path.of("src/test/resources/golden/config", name.replace(".conf", ".txt")), text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"name = t\u00e4ny\n", "# a\n# b\nname = a # \u00e4"})
  void aTextThatIsNoUtf8SaysWhere(String text, @TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("a.conf"), text, StandardCharsets.ISO_8859_1);
    int at = text.indexOf('\u00e4');
    LlmException e = assertThrows(LlmException.class, () -> ConfigSource.file(file));
    assertEquals(
        "%s: expected a text in UTF-8 that can be read, found byte 0xE4 at offset %d, in line %d, which is none. Check the file's encoding and rights."
            .formatted(file, at, text.substring(0, at).lines().count()),
        e.getMessage());
    Files.writeString(file, text); // and as UTF-8 it is read
    assertEquals(text, ConfigSource.file(file).text());
  }
}

package io.github.llm4j.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Help is fast because it loads nothing that it doesn't need. */
class HelpIsLightTest {
  private static final List<String> HEAVY =
      List.of(
          "com.google.",
          "ch.qos.logback.",
          "org.slf4j.",
          "java.util.logging.",
          "com.typesafe.config.",
          "io.vavr.",
          "com.fasterxml.",
          "org.jline.",
          "io.github.llm4j.runtime.plugin.PluginLoader",
          "io.github.llm4j.layers.",
          "io.github.llm4j.backend.");

  @TempDir Path temporary;

  @Test
  void noPluginInjectorOrLoggingIsLoaded() throws Exception {
    Path log = temporary.resolve("classes.txt");
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Command.Result help =
        new Command(
                temporary,
                java.toString(),
                "-Xlog:class+load:file=" + log,
                "-cp",
                System.getProperty("java.class.path"),
                "io.github.llm4j.cli.Main",
                "--help")
            .run()
            .ok();
    assertTrue(help.out().startsWith("Usage: llm "), help::out);
    try (Stream<String> lines = Files.lines(log)) {
      List<String> loaded = lines.map(l -> l.replaceAll("^(\\[.*?\\])+ +", "")).toList();
      assertTrue(loaded.stream().anyMatch(c -> c.startsWith("io.github.llm4j.cli.Main ")));
      assertEquals(
          List.of(), loaded.stream().filter(c -> HEAVY.stream().anyMatch(c::startsWith)).toList());
    }
  }
}

package io.github.llm4j.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.llm4j.runtime.plugin.Checksum;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What somebody gets who knows the published modules alone: programs, a plugin with its tests, and
 * the jars that come along with each module. Needs packaged modules, as 'mvn verify' makes them.
 */
@SuppressWarnings("NullAway.Init") // @BeforeAll and the engine set the fields
class PublishedConsumersTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden/published");
  private static Publication published;

  @TempDir static Path temporary;

  @BeforeAll
  static void build() throws Exception {
    assumeTrue(Publication.packaged(), "needs packaged modules: run 'mvn verify'");
    published = Publication.in(Path.of("target/published"));
    published.build().ok();
  }

  @Test
  void theJarsThatComeAlongAreKnown() throws Exception {
    String version = Poms.version();
    for (String module : Poms.published()) {
      Path list = published.project("only-" + module).resolve("target/jars.txt");
      String jars;
      try (Stream<String> lines = Files.lines(list)) {
        jars =
            lines
                .map(String::strip)
                .filter(line -> line.contains(":jar:"))
                .map(line -> line.replaceAll(":(compile|runtime).*", "").replace(":jar:", ":"))
                .map(line -> line.replace(version, "VERSION"))
                .sorted()
                .collect(Collectors.joining("\n", "", "\n"));
      }
      Path golden = GOLDEN.resolve(module + ".txt");
      if (System.getProperty("golden.write") != null) {
        Files.createDirectories(GOLDEN);
        Files.writeString(golden, jars);
      }
      assertEquals(Files.exists(golden) ? Files.readString(golden) : "(no file)", jars, module);
    }
  }

  @Test
  void tokenizersWorkAlone() throws Exception {
    Command.Result result =
        Command.java(temporary, published.classPath("tokenizers"), "com.example.Tokens").run().ok();
    assertEquals("[195, 164, 33] ä!\n", result.out());
    assertEquals("", result.err());
  }

  @Test
  void aPluginIsBuiltTrainedAndFoundAgain() throws Exception {
    Path plugins = temporary.resolve("plug ins");
    Files.createDirectories(plugins.resolve("gated-mlp"));
    List<String> rows = new ArrayList<>();
    for (String[] jar :
        new String[][] {
          {"layer", "gated-mlp-1.0.0.jar", "layer +gated-mlp"},
          {"kernels", "gated-mlp-kernels-1.0.0.jar", "kernel +cpu"}
        }) {
      Path built = published.project("plugin-gated-mlp").resolve(jar[0]).resolve("target");
      Path to = Files.copy(built.resolve(jar[1]), plugins.resolve("gated-mlp").resolve(jar[1]));
      String checksum = Checksum.of(to);
      rows.add(jar[2] + " +gated-mlp +1.0.0 +" + jar[1] + " +" + checksum.substring(0, 12));
    }
    Command.Result listed = llm("plugins", "--plugins", plugins.toString()).ok();
    for (String row : rows) {
      assertTrue(Pattern.compile("(?m)^" + row + "$").matcher(listed.out()).find(), listed::out);
    }
    Path conf = temporary.resolve("tiny.conf");
    Files.writeString(temporary.resolve("tiny.txt"), "to be or not to be, that is. ".repeat(40));
    Files.writeString(
        conf,
        """
        name = tiny
        model {
          type = decoder, layers = 1, d-model = 8, context-length = 16
          block { attention { heads = 2 }, feed-forward { type = gated-mlp, d-ff = 16 } }
        }
        data { train { path = tiny.txt }, validation { share = 20% } }
        trainer { steps = 30, batch { sequences = 4 }, optimizer { type = adamw, lr = 0.01 } }
        """);
    String[] all = {"--plugins", plugins.toString(), "train", conf.toString()};
    Command.Result trained = llm(all).ok();
    assertTrue(trained.out().contains("Done after 30 steps"), trained::out);
    String saved = Files.readString(temporary.resolve("runs/tiny/run.conf"));
    Path jar = plugins.resolve("gated-mlp/gated-mlp-1.0.0.jar");
    assertTrue(
        saved.startsWith(
            "# plugin gated-mlp 1.0.0: gated-mlp-1.0.0.jar, sha-256 " + Checksum.of(jar)),
        saved);
    String[] generate = {"generate", "runs/tiny", "to be", "--tokens", "7", "--temperature", "0"};
    Command.Result written =
        llm(Stream.concat(Stream.of(generate), Stream.of("--plugins=" + plugins))
                .toArray(String[]::new))
            .ok();
    assertTrue(written.out().startsWith("to be"), written::out);
    assertTrue(written.err().contains("7 tokens in "), written::err);
    Command.Result without = llm(generate);
    assertEquals(2, without.code(), without::err);
    assertTrue(without.err().contains("no layer is called 'gated-mlp'"), without::err);
    Files.delete(plugins.resolve("gated-mlp/gated-mlp-kernels-1.0.0.jar"));
    Command.Result changed =
        llm(
                "--plugins",
                plugins.toString(),
                "train",
                "--resume",
                conf.toString(),
                "-D",
                "trainer.steps=31")
            .ok();
    assertTrue(changed.out().contains("not bit for bit"), changed::out);
  }

  @Test
  void aRunIsOpenedInAProgramWithoutAnyFlag() throws Exception {
    Path data = temporary.resolve("own/data.txt");
    Files.createDirectories(data.getParent());
    Files.writeString(data, "one two three four. ".repeat(40));
    Path conf = temporary.resolve("own/own.conf");
    Files.writeString(
        conf,
        """
        name = own
        model { type = decoder, layers = 1, d-model = 8, context-length = 16
                block.attention.heads = 2 }
        data { train { path = data.txt }, validation { share = 20% } }
        trainer { steps = 2, batch { sequences = 2 } }
        """);
    llm("train", conf.toString()).ok();
    Command.Result result =
        Command.java(
                temporary, published.classPath("generator"), "com.example.Generate", "runs/own")
            .run()
            .ok();
    assertTrue(result.out().matches("(?s)one t.{5}\\R"), result::out);
    assertFalse(result.err().contains("Exception"), result::err);
    assertTrue(result.err().contains("--add-modules jdk.incubator.vector"), result::err);
  }

  /** The command, as the launcher starts it. */
  private static Command.Result llm(String... words) throws IOException, InterruptedException {
    List<String> jars =
        Publication.classPath().stream()
            .filter(p -> !p.contains("test-classes") && !p.contains("junit"))
            .toList();
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    return new Command(
            temporary,
            java.toString(),
            "-XX:+UseSerialGC",
            "--add-modules=jdk.incubator.vector",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            String.join(File.pathSeparator, jars),
            "io.github.llm4j.cli.Main")
        .with(words)
        .setting("XDG_CONFIG_HOME", temporary.resolve("config").toString())
        .run();
  }
}

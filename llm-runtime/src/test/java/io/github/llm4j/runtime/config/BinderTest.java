package io.github.llm4j.runtime.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.llm4j.api.component.ComponentSpec;
import io.github.llm4j.api.component.Default;
import io.github.llm4j.api.error.ConfigException;
import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.api.optimizer.Optimizer;
import io.github.llm4j.runtime.config.TestComponents.AdamSettings;
import io.github.llm4j.runtime.config.TestComponents.AttentionSettings;
import io.github.llm4j.runtime.config.TestComponents.Block;
import io.github.llm4j.runtime.config.TestComponents.DecoderSettings;
import io.github.llm4j.runtime.config.TestComponents.Device;
import io.github.llm4j.runtime.config.TestComponents.NormSettings;
import io.github.llm4j.runtime.config.TestComponents.Run;
import io.github.llm4j.runtime.config.TestComponents.Trainer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BinderTest {
  @TempDir Path folder;

  private static Run bind(String text, String... overrides) {
    return bound(ConfigSource.text("test.conf", text).withOverrides(List.of(overrides))).settings();
  }

  private static Bound<Run> bound(ConfigSource source) {
    return new Binder(TestComponents.registry()).bind(Run.class, source);
  }

  private static DecoderSettings decoder(Run run) {
    return (DecoderSettings) run.model().orElseThrow().settings();
  }

  @Test
  void bindsEverySortOfValue() {
    Run run =
        bind(
            """
            name = tiny, device = cpu-scalar
            trainer { steps = 1e3, batch = 16.0, lr = 5e-4, dropout = 0.25, warmup = 6%, every = 1.5 h
                      shuffle = true, seed = 9007199254740993, epochs = 3 }
            data { path = some/where, labels = [negative, 1, "two words"], columns { text = 0, "a.b" = 1 } }
            """);
    Trainer trainer = run.trainer();
    assertEquals("tiny", run.name());
    assertEquals(Device.CPU_SCALAR, run.device());
    assertEquals(1000, trainer.steps());
    assertEquals(16, trainer.batch());
    assertEquals(5e-4f, trainer.lr());
    assertEquals(0.25, trainer.dropout());
    assertEquals(0.06, trainer.warmup());
    assertEquals(Duration.ofMinutes(90), trainer.every());
    assertEquals(true, trainer.shuffle());
    assertEquals(9007199254740993L, trainer.seed());
    assertEquals(OptionalInt.of(3), trainer.epochs());
    assertEquals(Optional.of(Path.of("some/where").toAbsolutePath()), run.data().path());
    assertEquals(List.of("negative", "1", "two words"), run.data().labels());
    assertEquals(Map.of("text", 0, "a.b", 1), run.data().columns());
  }

  @Test
  void fillsInDefaults() {
    Run run = bind("name = tiny");
    assertEquals(100, run.trainer().steps());
    assertEquals(1e-3f, run.trainer().lr());
    assertEquals(Duration.ofSeconds(10), run.trainer().every());
    assertEquals(OptionalInt.empty(), run.trainer().epochs());
    assertEquals(Optional.empty(), run.model());
    assertEquals(List.of(), run.data().labels());
    assertEquals(new AdamSettings(1e-3, 0.9, 0), run.trainer().optimizer().settings());
  }

  @Test
  void takesAPlainStringForAType() {
    DecoderSettings model =
        decoder(
            bind(
                "name = a, model { type = decoder, layers = 1, d-model = 8, norm = layer-norm,"
                    + " extra = [rope, { type = rms-norm, eps = 1 }] }"));
    assertEquals("layer-norm", model.norm().type());
    assertEquals("rope", model.extra().get(0).type());
    assertEquals(new NormSettings(1), model.extra().get(1).settings());
  }

  @Test
  void keepsTheDefaultsOfADefaultComponentOfTheSameType() {
    Block block =
        decoder(
                bind(
                    "name = a, model { type = decoder, layers = 1, d-model = 8,"
                        + " block.attention.kv-heads = 2 }"))
            .block();
    assertEquals(
        new AttentionSettings(4, OptionalInt.of(2), Optional.empty()),
        block.attention().settings());
  }

  /** Text of base.conf, of an upper layer, and what the optimizer becomes. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          optimizer { type = adamw, weight-decay = 1 } | optimizer { type = sgd }                  | SgdSettings[lr=0.1, momentum=0.0]
          optimizer { type = adamw, lr = 1 }           | optimizer { momentum = 2, type = sgd }    | SgdSettings[lr=0.1, momentum=2.0]
          optimizer { type = adamw, lr = 1 }           | optimizer.type = sgd                      | SgdSettings[lr=0.1, momentum=0.0]
          optimizer { type = adamw, lr = 1 }           | optimizer.lr = 3, optimizer.type = sgd    | SgdSettings[lr=3.0, momentum=0.0]
          optimizer { type = adamw, lr = 1 }           | optimizer { beta1 = 0.5 }                 | AdamSettings[lr=1.0, beta1=0.5, weightDecay=0.0]
          optimizer { type = adamw, lr = 1 }           | optimizer { type = adamw, beta1 = 0.5 }   | AdamSettings[lr=1.0, beta1=0.5, weightDecay=0.0]
          optimizer { type = adamw, lr = 1 }           | optimizer = sgd                           | SgdSettings[lr=0.1, momentum=0.0]
          optimizer { lr = 1, beta1 = 0.1 }            | optimizer.type = sgd                      | SgdSettings[lr=0.1, momentum=0.0]
          optimizer { lr = 1, beta1 = 0.1 }            | optimizer { type = sgd, momentum = 1 }    | SgdSettings[lr=0.1, momentum=1.0]
          optimizer { lr = 1 }                         | optimizer { type = adamw }                | AdamSettings[lr=1.0, beta1=0.9, weightDecay=0.0]
          optimizer = sgd                              | optimizer.momentum = 1                    | SgdSettings[lr=0.1, momentum=1.0]
          optimizer = sgd                              | optimizer { type = adamw, lr = 4 }        | AdamSettings[lr=4.0, beta1=0.9, weightDecay=0.0]
          optimizer = sgd                              | optimizer { type = sgd, lr = 4 }          | SgdSettings[lr=4.0, momentum=0.0]
          other { type = sgd, lr = 5 }, optimizer = ${trainer.other} | optimizer { type = adamw }  | AdamSettings[lr=0.001, beta1=0.9, weightDecay=0.0]
          other { type = sgd, lr = 5 }, optimizer = ${trainer.other} | optimizer.momentum = 7      | SgdSettings[lr=5.0, momentum=7.0]
          other = sgd, optimizer = ${trainer.other}    | optimizer.momentum = 7                    | SgdSettings[lr=0.1, momentum=7.0]
          other { type = sgd, lr = 5 }, optimizer = ${trainer.other} { type = adamw } | x = 1      | AdamSettings[lr=0.001, beta1=0.9, weightDecay=0.0]
          other { type = sgd, lr = 5 }, optimizer = ${trainer.other} { momentum = 1 } | x = 1      | SgdSettings[lr=5.0, momentum=1.0]
          other { type = sgd, lr = 5 }, optimizer { type = adamw, beta1 = 0.1 } | optimizer = ${trainer.other} | SgdSettings[lr=5.0, momentum=0.0]
          optimizer { type = adamw, lr = 1 }, optimizer { type = sgd } | x = 1                     | SgdSettings[lr=0.1, momentum=0.0]
          optimizer.lr = 7, optimizer.type = sgd       | x = 1                                     | SgdSettings[lr=7.0, momentum=0.0]
          """)
  void replacesWhatAnotherTypeLeft(String base, String upper, String expected) throws Exception {
    String fields = "trainer {" + base + "}";
    String over = "trainer {" + upper + "}";
    if (base.contains("type") || base.contains("sgd") || !upper.contains("sgd")) {
      assertEquals(expected, optimizer(fields + "\n" + over), "one file");
    } else {
      // One author's keys without a type are that author's: beta1 is refused, not dropped.
      assertTrue(optimizer(fields + "\n" + over).contains("no such key"));
    }
    Path file = folder.resolve("base.conf");
    Files.writeString(file, fields);
    assertEquals(expected, optimizer("include \"" + file + "\"\n" + over), "over an include");
    Files.writeString(file, over);
    assertEquals(expected, optimizer(fields + "\ninclude \"" + file + "\""), "by an include");
    assertEquals(
        expected,
        optimizer(fields + "\ntrainer { include \"" + inner(upper) + "\" }"),
        "by an include inside");
    assertEquals(expected, optimizer(fields, "trainer={" + upper + "}"), "by -D of an object");
  }

  private Path inner(String text) throws Exception {
    return Files.writeString(folder.resolve("inner.conf"), text);
  }

  private static String optimizer(String text, String... overrides) {
    try {
      return new Binder(TestComponents.registry())
          .bind(Table.class, ConfigSource.text("test.conf", text).withOverrides(List.of(overrides)))
          .settings()
          .trainer()
          .optimizer()
          .settings()
          .toString();
    } catch (ConfigException e) {
      return e.getMessage();
    }
  }

  /** What the table binds. */
  record Table(TableTrainer trainer) {}

  record TableTrainer(
      @Default("adamw") ComponentSpec<Optimizer> optimizer,
      Optional<ComponentSpec<Optimizer>> other,
      OptionalInt x) {}

  @Test
  void replacesByOverrideWhateverTheOrder() {
    String text = "name = a, trainer.optimizer { type = adamw, weight-decay = 0.1 }";
    Run run = bind(text, "trainer.optimizer.lr=3", "trainer.optimizer.type=sgd");
    assertEquals(
        "SgdSettings[lr=3.0, momentum=0.0]", run.trainer().optimizer().settings().toString());
    run = bind(text, "trainer.optimizer.lr=3", "trainer.optimizer=sgd");
    assertEquals(
        "SgdSettings[lr=3.0, momentum=0.0]", run.trainer().optimizer().settings().toString());
  }

  @Test
  void replacesInsideWhatASubstitutionBrings() {
    Run run =
        bind(
            """
            name = a
            base { norm { type = rms-norm, eps = 1 }, attention { heads = 2 } }
            model { type = decoder, layers = 1, d-model = 8, block = ${base} }
            model.block.norm.type = layer-norm
            """);
    assertEquals(
        "LayerNormSettings[eps=1.0E-5, bias=true]",
        decoder(run).block().norm().settings().toString());
    assertEquals(2, ((AttentionSettings) decoder(run).block().attention().settings()).heads());
  }

  @Test
  void readsTheEnvironmentOnlyWhereItIsNamed() {
    ConfigSource source =
        ConfigSource.text(
                "test.conf", "name = a, trainer { steps = 3, steps = ${?STEPS}, batch = ${?NONE} }")
            .withEnvironment(Map.of("STEPS", "7", "name", "b", "trainer.seed", "9"));
    Run run = bound(source).settings();
    assertEquals(7, run.trainer().steps());
    assertEquals("a", run.name());
    assertEquals(8, run.trainer().batch());
    assertEquals(1, run.trainer().seed());
  }

  @Test
  void takesOverridesAsTheyStand() {
    Run run =
        bind(
            "name = a, n = 5, trainer.batch = ${n}",
            "name=C:\\x = y, # z",
            "trainer.steps=12",
            "trainer.warmup=6%",
            "data.labels=[a, b]",
            "n=9",
            "trainer.epochs=${n}");
    assertEquals("C:\\x = y, # z", run.name());
    assertEquals(12, run.trainer().steps());
    assertEquals(0.06, run.trainer().warmup());
    assertEquals(List.of("a", "b"), run.data().labels());
    assertEquals(9, run.trainer().batch());
    assertEquals(OptionalInt.of(9), run.trainer().epochs());
  }

  @Test
  void resolvesAReferenceIntoAnObjectThatAnIncludeUses() throws Exception {
    Files.writeString(folder.resolve("b.conf"), "trainer.steps = ${a.x.v}");
    ConfigSource source =
        new ConfigSource(
            "main.conf",
            folder,
            "include \"b.conf\"\nname = a\na.x = ${d} {v = 1}\nd {}",
            List.of(),
            Map.of());
    assertEquals(1, bound(source).settings().trainer().steps());
  }

  @Test
  void saysWhereEachValueComesFrom() throws Exception {
    Files.writeString(
        folder.resolve("base.conf"),
        "name = a\ntrainer {\n  steps = 5\n  batch = ${small}\n}\nsmall = 2");
    ConfigSource source =
        new ConfigSource(
            "main.conf",
            folder,
            """
            include "base.conf"
            model { type = decoder, layers = 1, d-model = 8
              block.attention { heads = 2, position { type = rope, theta = 5 } }
              extra = [rope, { type = rms-norm, eps = 0.5 }] }
            trainer.seed = ${?SEED}
            data { labels = [x, "y z"], columns { b = 1, a = 0 } }
            """,
            List.of("trainer.optimizer=sgd"),
            Map.of("SEED", "3"));
    Bound<Run> bound = bound(source);
    Golden.check(
        Path.of("src/test/resources/golden/resolved.conf"), bound.render().stripTrailing());
    // It reads back as itself, wherever the values came from.
    Bound<Run> again = bound(ConfigSource.text("resolved.conf", bound.render()));
    assertEquals(values(bound), values(again));
  }

  private static String values(Bound<Run> bound) {
    return bound.render().replaceAll(" +#.*", "");
  }

  @Test
  void takesPathsRelativeToTheFileThatHoldsThem() throws Exception {
    Path inner = Files.createDirectory(folder.resolve("inner"));
    Files.writeString(inner.resolve("a.conf"), "data.path = x.txt");
    ConfigSource source =
        new ConfigSource(
            "m.conf",
            folder,
            "name = a, include \"inner/a.conf\"",
            List.of(),
            Map.of("F", "e.txt"));
    assertEquals(Optional.of(inner.resolve("x.txt")), bound(source).settings().data().path());
    Run run = bound(source.withOverrides(List.of("data.path=y.txt"))).settings();
    assertEquals(Optional.of(Path.of("y.txt").toAbsolutePath()), run.data().path());
    run = bound(source.withOverrides(List.of("data.path=${F}"))).settings();
    assertEquals(Optional.of(Path.of("e.txt").toAbsolutePath()), run.data().path());
    run = bound(source.withOverrides(List.of("data.path=/z.txt"))).settings();
    assertEquals(Optional.of(Path.of("/z.txt")), run.data().path());
  }

  @Test
  void readsJson() {
    Run run =
        bind(
            """
            { "name": "a", "trainer": { "steps": 5, "lr": 1e-05, "optimizer": { "type": "sgd" } },
              "data": { "labels": ["x", "y"], "path": null } }
            """);
    assertEquals(5, run.trainer().steps());
    assertEquals(1e-5f, run.trainer().lr());
    assertEquals("sgd", run.trainer().optimizer().type());
    assertEquals(List.of("x", "y"), run.data().labels());
    assertEquals(Optional.empty(), run.data().path());
  }

  @Test
  void appendsToLists() {
    Run run =
        bind("name = a, data.labels = [x]\ndata.labels += y", "data.labels=${data.labels} [z]");
    assertEquals(List.of("x", "y", "z"), run.data().labels());
  }

  @Test
  void takesNullForNothingWhereNothingIsAllowed() {
    String model = "name = a, model { type = decoder, layers = 1, d-model = 8 }\n";
    String rope = "model.block.attention.position { type = rope, theta = 3 }\n";
    Block block = decoder(bind(model + rope + "model.block.attention.position = null")).block();
    assertEquals(Optional.empty(), ((AttentionSettings) block.attention().settings()).position());
    block =
        decoder(
                bind(
                    model
                        + rope
                        + "model.block.attention.position = null\n"
                        + "model.block.attention.position.type = rope"))
            .block();
    assertEquals(
        "RopeSettings[theta=10000.0]",
        ((AttentionSettings) block.attention().settings())
            .position()
            .orElseThrow()
            .settings()
            .toString());
  }

  @Test
  void bindsRandomTreesAsTheyWereWritten() {
    long seed = Long.getLong("llm4j.seed", 1);
    Random random = new Random(seed);
    for (int round = 0; round < 50; round++) {
      Map<String, Integer> columns = new TreeMap<>();
      StringBuilder text = new StringBuilder("name = a, data.columns {");
      for (int i = random.nextInt(9); i > 0; i--) {
        String key =
            Integer.toString(random.nextInt(1000), 36) + (random.nextBoolean() ? ".k" : "");
        int value = random.nextInt();
        text.append('"').append(key).append("\" = ").append(value);
        text.append(random.nextBoolean() ? ", " : "\n# note\n");
        columns.put(key, value);
      }
      assertEquals(columns, bind(text + "}").data().columns(), "seed " + seed);
    }
  }

  @Test
  void refusesAFileThatIsNotThere() {
    LlmException e =
        assertThrows(LlmException.class, () -> ConfigSource.file(Path.of("no/such.conf")));
    assertEquals(
        "no/such.conf: expected a config file, found nothing. Give the path of a .conf file.",
        e.getMessage());
  }
}

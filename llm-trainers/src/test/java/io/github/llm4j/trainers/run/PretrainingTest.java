package io.github.llm4j.trainers.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.runtime.config.ConfigSource;
import io.github.llm4j.runtime.plugin.Registry;
import io.github.llm4j.trainers.run.RunOptions.Earlier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PretrainingTest {
  private static final String CONFIG =
      """
      name = tiny
      threads = 1
      model { type = decoder, layers = 1, d-model = 16, context-length = 8, block.attention.heads = 2 }
      data { train.path = "text.txt", validation.share = 10% }
      trainer {
        steps = 20
        batch { sequences = 4, micro = 2 }
        optimizer { type = adamw, lr = 1e-2 }
        schedule { type = cosine, warmup = 10% }
        evaluate.every = 10
      }
      """;

  @TempDir Path folder;
  private final Registry registry = Pretraining.registry(PretrainingTest.class.getClassLoader());
  private Path config = Path.of("");

  @BeforeEach
  void write() throws IOException {
    config = Files.writeString(folder.resolve("tiny.conf"), CONFIG);
    Files.writeString(
        folder.resolve("text.txt"), "the quick brown fox jumps over the lazy dog\n".repeat(20));
  }

  private RunResult train(boolean overwrite, RunListener listener, String... overrides) {
    ConfigSource source = ConfigSource.file(config).withOverrides(List.of(overrides));
    RunOptions options =
        new RunOptions(folder.resolve("runs"), overwrite ? Earlier.OVERWRITE : Earlier.KEEP);
    return new Pretraining(Pretraining.bind(source, registry), registry, options, listener)
        .run(() -> false);
  }

  @Test
  void aConfigBecomesAFolderThatOpensAgain() throws IOException {
    List<RunFacts> facts = new ArrayList<>();
    RunListener listener =
        new RunListener() {
          @Override
          public void started(RunFacts started) {
            facts.add(started);
          }
        };
    RunResult result = train(false, listener);
    assertEquals(20, result.training().state().step());
    assertEquals(1, facts.size());
    assertEquals(792, facts.get(0).trainTokens());
    assertEquals(88, facts.get(0).validationTokens());
    assertEquals(32, facts.get(0).tokensPerStep());
    List<String> metrics = Files.readAllLines(result.folder().resolve("metrics.jsonl"));
    assertEquals(5, metrics.size()); // steps 1, 10, 20 and two evaluations
    assertTrue(metrics.get(0).startsWith("{\"step\":1,\"loss\":3."), metrics.get(0));
    assertTrue(
        metrics.get(4).startsWith("{\"step\":20,\"set\":\"validation\",\"validation-loss\":"),
        metrics.get(4));
    try (SavedRun run = SavedRun.open(result.folder(), List.of(), registry)) {
      assertEquals(facts.get(0).parameters(), run.model().parameters().count());
      assertEquals("the fox", run.tokenizer().decode(run.tokenizer().encode("the fox")));
      assertEquals(
          result.folder().resolve("checkpoints").resolve("step-00000020"), run.checkpoint());
    }
  }

  @Test
  void theSameConfigGivesTheSameLosses() {
    double first = train(false, new RunListener() {}).training().state().loss().orElseThrow();
    double again = train(true, new RunListener() {}).training().state().loss().orElseThrow();
    assertEquals(first, again);
    double threads =
        train(true, new RunListener() {}, "threads=3").training().state().loss().orElseThrow();
    assertEquals(first, threads);
    double whole =
        train(true, new RunListener() {}, "trainer.batch.micro=4")
            .training()
            .state()
            .loss()
            .orElseThrow();
    assertEquals(first, whole, 1e-4 * first);
  }

  @Test
  void weightsAreNotThrownAwayUnasked() {
    train(false, new RunListener() {});
    LlmException e = assertThrows(LlmException.class, () -> train(false, new RunListener() {}));
    assertEquals(2, e.kind().exitCode());
    assertTrue(e.getMessage().contains("found one with checkpoints"), e.getMessage());
  }

  @Test
  void anUnusableBackendIsRefusedAndAutoSaysWhatItTook() {
    List<String> said = new ArrayList<>();
    train(
        false,
        new RunListener() {
          @Override
          public void started(RunFacts facts) {
            said.add(facts.backend());
          }
        });
    assertTrue(said.get(0).startsWith("cpu (auto: "), said.get(0));
  }

  @Test
  void problemsOfAConfigComeAtOnce() {
    LlmException e =
        assertThrows(
            LlmException.class,
            () ->
                train(
                    false,
                    new RunListener() {},
                    "trainer.batch.micro=3",
                    "trainer.optimizer.lr=-1",
                    "trainer.stepz=5",
                    "trainer.schedule.type=cosin"));
    String text = e.getMessage();
    assertTrue(text.startsWith("4 problems in tiny.conf"), text);
    assertTrue(text.contains("a divisor of the step's 4 sequences expected, found 3"), text);
    assertTrue(text.contains("above 0 expected, found -1.0"), text);
    assertTrue(text.contains("Did you mean 'steps'?"), text);
    assertTrue(text.contains("Did you mean 'cosine'?"), text);
  }

  @Test
  void aFolderThatIsNoRunIsRefused() {
    LlmException e =
        assertThrows(LlmException.class, () -> SavedRun.open(folder, List.of(), registry));
    assertTrue(e.getMessage().contains("the folder of a run expected, found no run.conf in it"));
  }
}

package io.github.llm4j.tasks.generation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.runtime.config.ConfigSource;
import io.github.llm4j.runtime.plugin.Registry;
import io.github.llm4j.trainers.report.Metrics;
import io.github.llm4j.trainers.report.Report;
import io.github.llm4j.trainers.report.RunRecord;
import io.github.llm4j.trainers.run.Pretraining;
import io.github.llm4j.trainers.run.Preview;
import io.github.llm4j.trainers.run.RunListener;
import io.github.llm4j.trainers.run.RunOptions;
import io.github.llm4j.trainers.run.RunOptions.Earlier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenerationPreviewTest {
  private static final String CONFIG =
      """
      name = tiny, seed = 3, threads = 2
      model { type = decoder, layers = 1, d-model = 16, context-length = 24, dropout = 0.1
              block.attention.heads = 2 }
      data { train.path = "text.txt", validation.share = 10% }
      trainer {
        steps = 12
        batch { sequences = 4, micro = 2 }
        optimizer { type = adamw, lr = 1e-2 }
        evaluate.every = 5
        log.every = 1
      }
      """;

  @TempDir Path folder;

  @BeforeEach
  void write() throws IOException {
    Files.writeString(folder.resolve("tiny.conf"), CONFIG);
    Files.writeString(
        folder.resolve("text.txt"), "the quick brown fox jumps over the lazy dog\n".repeat(20));
  }

  private Path train(Optional<Preview> preview, String... overrides) {
    Registry registry = Pretraining.registry(GenerationPreviewTest.class.getClassLoader());
    ConfigSource source =
        ConfigSource.file(folder.resolve("tiny.conf")).withOverrides(List.of(overrides));
    return new Pretraining(
            Pretraining.bind(source, registry),
            registry,
            new RunOptions(folder.resolve("runs"), Earlier.OVERWRITE),
            new RunListener() {},
            preview)
        .run(() -> false)
        .folder();
  }

  private static Metrics metrics(Path run) {
    return Metrics.read(run.resolve(Metrics.FILE));
  }

  /** Everything but times. */
  private static List<String> losses(Metrics metrics) {
    return java.util.stream.Stream.concat(
            metrics.steps().stream().map(s -> s.at().step() + " " + s.loss() + " " + s.norm()),
            metrics.evaluations().stream().map(e -> e.at().step() + " " + e.loss()))
        .toList();
  }

  @Test
  void lossesAreTheSameBitForBitWithAndWithoutSamples() {
    Metrics without = metrics(train(Optional.empty()));
    assertEquals(0, without.samples().size());
    Path run = train(Optional.of(new GenerationPreview()));
    Metrics with = metrics(run);
    assertEquals(losses(without), losses(with));
    assertEquals(List.of(5L, 10L, 12L), with.samples().stream().map(s -> s.at().step()).toList());
    // the keys and values of a context that is rounded up to a whole chunk: 32 rows of 16, twice
    assertEquals(2 * 32 * 16 * 4, RunRecord.read(run).plan().bytes().getOrDefault("samples", 0L));
    assertTrue(Files.exists(run.resolve(Report.FILE)));
  }

  @Test
  void theSameSeedWritesTheSameTextAndAFullContextGoesOn() {
    Optional<Preview> preview = Optional.of(new GenerationPreview());
    Metrics first = metrics(train(preview));
    assertEquals(first.samples().stream().map(Metrics.Sample::text).toList(), texts(preview));
    for (Metrics.Sample sample : first.samples()) {
      assertEquals(100, sample.text().length()); // a character a token, beyond a context of 24
      assertTrue(
          "the quick brown fox jumps over the lazy dog\n".repeat(20).contains(sample.prompt()));
    }
  }

  private List<String> texts(Optional<Preview> preview) {
    return metrics(train(preview)).samples().stream().map(Metrics.Sample::text).toList();
  }

  @Test
  void promptsTokensAndTemperatureAreSettings() {
    Metrics metrics =
        metrics(
            train(
                Optional.of(new GenerationPreview()),
                "trainer.samples.prompts=[\"the \", \"dog\"]",
                "trainer.samples.tokens=7",
                "trainer.samples.temperature=0"));
    assertEquals(6, metrics.samples().size());
    assertEquals("the ", metrics.samples().get(0).prompt());
    assertEquals("dog", metrics.samples().get(1).prompt());
    assertEquals(7, metrics.samples().get(0).text().length());
    assertEquals(
        0,
        metrics(train(Optional.of(new GenerationPreview()), "trainer.samples.tokens=0"))
            .samples()
            .size());
  }

  @Test
  void aPromptThatCantBeGoneOnWithEndsTheRunBeforeItsFirstStep() {
    for (String prompt : List.of("é", "the quick brown fox jumps over the lazy dog")) {
      LlmException e =
          assertThrows(
              LlmException.class,
              () ->
                  train(
                      Optional.of(new GenerationPreview()),
                      "trainer.samples.prompts=[\"" + prompt + "\"]"));
      assertTrue(e.getMessage().startsWith("trainer.samples.prompts: "), e.getMessage());
      assertEquals(2, e.kind().exitCode());
      assertTrue(Files.notExists(folder.resolve("runs/tiny/" + Metrics.FILE)));
    }
  }
}

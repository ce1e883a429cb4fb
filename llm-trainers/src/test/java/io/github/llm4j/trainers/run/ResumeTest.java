package io.github.llm4j.trainers.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.runtime.file.SafeFiles;
import io.github.llm4j.trainers.loop.LoopState;
import io.github.llm4j.trainers.loop.TrainingResult;
import io.github.llm4j.trainers.run.RunOptions.Earlier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResumeTest {
  @TempDir Path folder;
  private TinyRun run = new TinyRun(Path.of(""));
  private final List<String> warnings = new ArrayList<>();
  private final RunListener listener =
      new RunListener() {
        @Override
        public void warning(String text) {
          warnings.add(text);
        }
      };

  @BeforeEach
  void write() throws IOException {
    run = new TinyRun(folder);
    run.write();
  }

  private RunResult train(Earlier earlier, BooleanSupplier stop, String... overrides) {
    return run.train(earlier, listener, stop, overrides);
  }

  /** Whether it has been asked so often. */
  private static BooleanSupplier after(int times) {
    int[] asked = {0};
    return () -> ++asked[0] > times;
  }

  private static byte[] memory(RunResult result) throws IOException {
    return Files.readAllBytes(
        result.folder().resolve("checkpoints/step-00000012/trainer/state.safetensors"));
  }

  @Test
  void aRunThatIsInterruptedAnywhereGoesOnBitForBit() throws IOException {
    RunResult whole = train(Earlier.KEEP, () -> false);
    List<String> losses = TinyRun.losses(whole.folder());
    byte[] memory = memory(whole);
    assertEquals(12 + 3, losses.size());
    for (int times = 0; times < 46; times += 5) { // in micro-batches, behind steps, in evaluations
      RunResult stopped = train(Earlier.OVERWRITE, after(times));
      assertEquals(TrainingResult.End.INTERRUPTED, stopped.training().end(), "asked " + times);
      RunResult resumed = train(Earlier.RESUME, () -> false);
      assertEquals(TrainingResult.End.COMPLETE, resumed.training().end());
      assertEquals(losses, TinyRun.losses(resumed.folder()), "asked " + times);
      assertArrayEquals(memory, memory(resumed), "asked " + times);
      assertEquals(whole.training().state().best(), resumed.training().state().best());
    }
    assertEquals(List.of(), warnings);
  }

  @ParameterizedTest
  @ValueSource(strings = {"adamw", "sgd", "lion", "adafactor", "muon"})
  void soDoesOneOfAnyOptimizerAndAnAverage(String optimizer) throws IOException {
    String[] overrides = {"trainer.optimizer.type=" + optimizer, "trainer.ema.decay=0.9"};
    RunResult whole = train(Earlier.KEEP, () -> false, overrides);
    List<String> losses = TinyRun.losses(whole.folder());
    byte[] memory = memory(whole);
    train(Earlier.OVERWRITE, after(20), overrides);
    RunResult resumed = train(Earlier.RESUME, () -> false, overrides);
    assertEquals(losses, TinyRun.losses(resumed.folder()));
    assertArrayEquals(memory, memory(resumed));
    assertEquals(List.of(), warnings);
  }

  @Test
  void aRunCanBeLengthenedAndOneThatIsDoneStaysAsItIs() throws IOException {
    train(Earlier.KEEP, () -> false, "trainer.steps=7", "trainer.schedule.type=constant");
    RunResult longer =
        train(Earlier.RESUME, () -> false, "trainer.steps=12", "trainer.schedule.type=constant");
    assertEquals(12, longer.training().state().step());
    assertTrue(warnings.get(0).startsWith("trainer.steps = 12, was 7: from here on"));
    List<String> losses = TinyRun.losses(longer.folder());
    RunResult again =
        train(Earlier.RESUME, () -> false, "trainer.steps=12", "trainer.schedule.type=constant");
    assertEquals(losses, TinyRun.losses(again.folder()));
    RunResult once =
        train(Earlier.OVERWRITE, () -> false, "trainer.schedule.type=constant", "name=once");
    assertArrayEquals(memory(once), memory(longer));
  }

  @Test
  void theCopyInBf16FollowsTheMastersThatAreReadBack() throws IOException {
    String bf16 = "trainer.precision=bf16";
    byte[] memory = memory(train(Earlier.KEEP, () -> false, bf16));
    train(Earlier.OVERWRITE, after(20), bf16);
    assertArrayEquals(memory, memory(train(Earlier.RESUME, () -> false, bf16)));
    assertEquals(List.of(), warnings);
  }

  @Test
  void resumingWhatIsNotThereBegins() {
    assertEquals(12, train(Earlier.RESUME, () -> false).training().state().step());
  }

  @ParameterizedTest
  @ValueSource(strings = {"flip", "cut", "missing", "manifest", "empty"})
  void aDamagedCheckpointFallsBackToTheOneBefore(String damage) throws IOException {
    RunResult whole = train(Earlier.KEEP, () -> false);
    List<String> losses = TinyRun.losses(whole.folder());
    byte[] memory = memory(whole);
    Path newest = whole.folder().resolve("checkpoints/step-00000012");
    Path state = newest.resolve("trainer/state.safetensors");
    byte[] bytes = Files.readAllBytes(state);
    switch (damage) {
      case "flip" -> {
        bytes[bytes.length / 2] ^= 1;
        Files.write(state, bytes);
      }
      case "cut" -> Files.write(state, java.util.Arrays.copyOf(bytes, bytes.length - 1));
      case "missing" -> Files.delete(newest.resolve("model.safetensors"));
      case "manifest" -> Files.writeString(newest.resolve("manifest.json"), "{\"files\": {");
      default -> {
        SafeFiles.delete(newest);
        Files.createDirectories(newest);
      }
    }
    RunResult resumed = train(Earlier.RESUME, () -> false);
    assertEquals(1, warnings.size());
    assertTrue(warnings.get(0).startsWith("damaged: step-00000012 ("), warnings.get(0));
    assertTrue(warnings.get(0).contains("the checkpoint before, step 10;"), warnings.get(0));
    assertTrue(Files.exists(newest.resolveSibling("damaged-step-00000012")));
    assertEquals(losses, TinyRun.losses(resumed.folder()));
    assertArrayEquals(memory, memory(resumed));
  }

  @Test
  void aFolderThatSomebodyHoldsIsRefused() {
    RunListener second =
        new RunListener() {
          @Override
          public void done(LoopState state) {
            if (state.step() == 1) {
              assertTrue(RunFolder.of(run.runs(), "tiny").holder().isPresent());
              LlmException e =
                  assertThrows(LlmException.class, () -> train(Earlier.OVERWRITE, () -> false));
              assertEquals(4, e.kind().exitCode());
              String pid = "held by process " + ProcessHandle.current().pid();
              assertTrue(e.getMessage().contains(pid), e.getMessage());
            }
          }
        };
    RunResult result = run.train(Earlier.KEEP, second, () -> false);
    assertEquals(12, result.training().state().step());
    assertFalse(RunFolder.of(run.runs(), "tiny").holder().isPresent());
  }

  @Test
  void aCheckpointThatCannotBeWrittenIsSaidAndTheRunGoesOn() throws IOException {
    Path checkpoints = run.runs().resolve("tiny/checkpoints");
    RunListener obstacle =
        new RunListener() {
          @Override
          public void evaluated(io.github.llm4j.trainers.loop.EvaluationReport report) {
            if (report.step() == 5) { // a file in the way, as good as a full disk
              place(checkpoints, "in the way");
            }
          }

          @Override
          public void done(LoopState state) {
            if (state.step() == 6) {
              place(checkpoints, null);
            }
          }

          @Override
          public void warning(String text) {
            warnings.add(text);
          }
        };
    RunResult result = run.train(Earlier.KEEP, obstacle, () -> false);
    assertEquals(12, result.training().state().step());
    assertEquals(1, warnings.size());
    assertTrue(warnings.get(0).startsWith("no checkpoint at step 5: "), warnings.get(0));
    assertTrue(warnings.get(0).contains("The run goes on"), warnings.get(0));
    assertTrue(Files.exists(checkpoints.resolve("step-00000012")));
  }

  private static void place(Path path, @org.jspecify.annotations.Nullable String text) {
    try {
      SafeFiles.delete(path);
      if (text != null) {
        Files.writeString(path, text);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void theNewestAndTheBestAreKept() throws IOException {
    train(Earlier.KEEP, () -> false, "trainer.checkpoint.every=1", "trainer.checkpoint.keep=3");
    try (var all = Files.list(run.runs().resolve("tiny/checkpoints"))) {
      List<String> names = all.map(p -> p.getFileName().toString()).sorted().toList();
      assertEquals(List.of("step-00000010", "step-00000011", "step-00000012"), names);
    }
  }

  @Test
  void whatARunIsCannotChange() {
    train(Earlier.KEEP, after(9));
    LlmException e =
        assertThrows(
            LlmException.class,
            () ->
                train(
                    Earlier.RESUME,
                    () -> false,
                    "seed=5",
                    "model.layers=2",
                    "trainer.optimizer.lr=2e-2",
                    "trainer.log.every=7"));
    assertEquals(2, e.kind().exitCode());
    assertTrue(
        e.getMessage().contains("  model.layers = 2, was 1\n  seed = 5, was 3\n"), e.getMessage());
    assertFalse(e.getMessage().contains("lr"), e.getMessage());
  }

  @Test
  void anotherTextIsRefused() throws IOException {
    train(Earlier.KEEP, after(9));
    Files.writeString(folder.resolve("text.txt"), "another text\n".repeat(80));
    LlmException e = assertThrows(LlmException.class, () -> train(Earlier.RESUME, () -> false));
    assertTrue(e.getMessage().contains("training text that the run began with"), e.getMessage());
  }

  @Test
  void aRunEndsEarlyWhenItGetsNoBetter() {
    RunResult result =
        train(
            Earlier.KEEP,
            () -> false,
            "trainer.steps=400",
            "trainer.evaluate.every=2",
            "trainer.early-stop={ patience = 2, min-delta = 0.5 }");
    assertEquals(TrainingResult.End.EARLY, result.training().end());
    assertTrue(result.training().state().step() < 60, result.training().toString());
  }

  @Test
  void textsAreMixedAndMeasuredForThemselves() throws IOException {
    Files.writeString(folder.resolve("a.txt"), "aaab".repeat(50));
    Files.writeString(folder.resolve("b.txt"), "bbba".repeat(50));
    List<String> sets = new ArrayList<>();
    RunListener seen =
        new RunListener() {
          @Override
          public void evaluated(io.github.llm4j.trainers.loop.EvaluationReport report) {
            sets.add(report.step() + " " + report.set() + " " + report.targets());
          }
        };
    RunResult result =
        run.train(
            Earlier.KEEP,
            seen,
            () -> false,
            "data.train.path=null",
            "data.train.mix.a.path=" + folder.resolve("a.txt"),
            "data.train.mix.a.weight=3",
            "data.train.mix.b.path=" + folder.resolve("b.txt"),
            "data.validation.also.b=" + folder.resolve("b.txt"));
    assertEquals(12, result.training().state().step());
    assertEquals(
        List.of("5 validation 38", "5 b 199", "10 validation 38", "10 b 199"), sets.subList(0, 4));
  }
}

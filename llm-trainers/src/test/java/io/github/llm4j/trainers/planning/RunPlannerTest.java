package io.github.llm4j.trainers.planning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.llm4j.api.error.ConfigException;
import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.runtime.config.ConfigSource;
import io.github.llm4j.runtime.plugin.Registry;
import io.github.llm4j.trainers.run.Pretraining;
import io.github.llm4j.trainers.run.RunListener;
import io.github.llm4j.trainers.run.RunOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunPlannerTest {
  private static final String CONFIG =
      """
      name = planned
      threads = 1
      backend = metered
      model {
        type = decoder, layers = 3, d-model = 20, context-length = 12
        block { norm = layer-norm, attention { heads = 2 }, feed-forward { type = mlp, d-ff = 28 } }
      }
      data { train.path = "text.txt", validation.share = 10% }
      trainer { steps = 2, batch.sequences = 12 }
      """;

  @TempDir Path folder;
  private final Registry registry = Pretraining.registry(RunPlannerTest.class.getClassLoader());
  private Path config = Path.of("");

  @BeforeEach
  void write() throws IOException {
    config = Files.writeString(folder.resolve("planned.conf"), CONFIG);
    Files.writeString(
        folder.resolve("text.txt"), "the quick brown fox jumps over the lazy dog\n".repeat(20));
  }

  private ConfigSource source(String... overrides) {
    return ConfigSource.file(config).withOverrides(List.of(overrides));
  }

  private Path runs() {
    return folder.resolve("runs");
  }

  private RunPlan plan(String... overrides) {
    try (RunPlanner planner = RunPlanner.open(source(overrides), registry, runs(), model -> 0)) {
      return planner.plan(List.of());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "seed=2",
        "trainer.precision=bf16",
        "trainer.batch.micro=6",
        "trainer.batch.micro=2",
        "model.recompute=true",
        "trainer.ema.decay=0.99",
        "trainer.optimizer.type=adafactor",
        "trainer.optimizer.type=muon;trainer.precision=bf16",
        "trainer.optimizer.type=sgd",
        "data.validation.share=50%",
        "model.block.norm=rms-norm;model.block.attention.kv-heads=1;"
            + "model.block.attention.position=rope;model.block.feed-forward.type=swiglu"
      })
  void aRunTakesOfItsBackendWhatWasPlannedToTheByte(String override) {
    long before = MeteredProvider.BYTES.get();
    String[] overrides = override.split(";");
    RunPlan plan = plan(overrides);
    assertEquals(before, MeteredProvider.BYTES.get(), "a plan takes no memory");
    ConfigSource source = source(overrides);
    RunOptions options = new RunOptions(folder.resolve("runs"), RunOptions.Earlier.OVERWRITE);
    new Pretraining(Pretraining.bind(source, registry), registry, options, new RunListener() {})
        .run(() -> false);
    assertEquals(MeteredProvider.BYTES.get() - before, plan.bytes(), plan.causes().toString());
  }

  @Test
  void operationsAreThoseOfTheProducts() {
    RunPlan plan = plan("model.head.tied=false");
    int c = 20;
    int block = 4 * c * c + 2 * c * 28;
    assertEquals(2.0 * (3 * block + c * plan.vocabSize()), plan.forward().products(), 1e-6);
    double seen = (12 + 1) / 2.0; // tokens that a token sees on average
    assertEquals(3 * 2 * 2.0 * c * seen, plan.forward().attention(), 1e-6);
    // the backward pass does each product twice, and those of attention two and a half times; the
    // first layer's input has a gradient too, since embeddings are learned
    double tokens = (double) plan.tokensPerStep();
    assertEquals(3 * plan.forward().products() * tokens, plan.step().products(), 1e-3);
    assertEquals(3.5 * plan.forward().attention() * tokens, plan.step().attention(), 1e-3);
  }

  @Test
  void whatIsLargerThanTheMachineIsPlannedAndWhatWouldFitIsNamed() {
    ConfigSource wide =
        source("model.d-model=4000", "model.block.feed-forward.d-ff=16000", "model.layers=8");
    try (RunPlanner planner = RunPlanner.open(wide, registry, runs(), model -> 0)) {
      RunPlan plan = planner.plan(List.of());
      assertTrue(plan.bytes() > 20L << 30, plan.causes().toString());
      long parameters =
          plan.causes().stream()
              .filter(c -> !c.name().equals("activations") && !c.name().equals("workspace"))
              .mapToLong(Cause::bytes)
              .sum();
      long limit = (plan.neededBytes() + parameters + ProcessMemory.CONSTANT) / 2;
      List<Alternative> found = Alternatives.of(planner, plan, limit);
      assertFalse(found.isEmpty());
      assertTrue(found.stream().anyMatch(Alternative::fits), found.toString());
      for (Alternative alternative : found) {
        assertEquals(planner.plan(alternative.overrides()), alternative.plan());
        assertEquals(alternative.plan().neededBytes() <= limit, alternative.fits());
      }
      Alternative micro =
          found.stream()
              .filter(a -> a.overrides().getFirst().startsWith("trainer.batch.micro="))
              .findFirst()
              .orElseThrow();
      assertTrue(micro.fits());
      int next = micro.plan().microRows() + 1;
      while (12 % next != 0) {
        next++;
      }
      assertTrue(
          planner.plan(List.of("trainer.batch.micro=" + next)).neededBytes() > limit,
          "the largest that fits");
    }
  }

  @Test
  void whatFitsTogetherAloneIsNamedTogether() {
    try (RunPlanner planner =
        RunPlanner.open(
            source("model.context-length=128", "model.layers=12"), registry, runs(), model -> 0)) {
      RunPlan plan = planner.plan(List.of());
      long least =
          planner
              .plan(
                  List.of(
                      "model.recompute=true",
                      "trainer.precision=bf16",
                      "trainer.batch.micro=1",
                      "model.context-length=32"))
              .neededBytes();
      List<Alternative> found = Alternatives.of(planner, plan, least);
      List<Alternative> fitting = found.stream().filter(Alternative::fits).toList();
      assertFalse(fitting.isEmpty(), found.toString());
      assertTrue(fitting.getFirst().plan().neededBytes() <= least);
    }
  }

  @Test
  void aProbeRunsTheRunsOwnSteps() {
    try (RunPlanner planner =
        RunPlanner.open(source("trainer.batch.micro=4"), registry, runs(), model -> 0)) {
      RunPlan plan = planner.plan(List.of());
      long before = MeteredProvider.BYTES.get();
      ProbeReport report = planner.probe(plan, 0.01);
      assertTrue(report.stepSeconds() > 0 && report.fastest() <= report.slowest(), "" + report);
      assertTrue(MeteredProvider.BYTES.get() - before <= plan.bytes(), "no more than the run");
    }
  }

  @Test
  void mistakesAreReportedAsInTraining() {
    ConfigException e =
        assertThrows(ConfigException.class, () -> plan("trainer.stepz=5", "modle=1"));
    assertTrue(e.getMessage().contains("trainer.stepz"), e.getMessage());
    assertTrue(e.getMessage().contains("modle"), e.getMessage());
    LlmException big =
        assertThrows(
            LlmException.class,
            () -> plan("model.d-model=20000", "model.layers=100", "model.block.feed-forward=mlp"));
    assertEquals(ErrorKind.RESOURCES, big.kind());
  }
}

package io.github.llm4j.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.llm4j.api.layer.Mode;
import io.github.llm4j.api.layer.Precision;
import io.github.llm4j.layers.Program.Batch;
import io.github.llm4j.layers.Program.Step;
import io.github.llm4j.runtime.model.ModelOptions;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A decoder in training: precisions, recompute, dropout. */
class DecoderProgramTest {
  private static final int V = 13;

  static Batch batch(int rows, int length, long seed) {
    Random random = new Random(seed);
    int[] ids = random.ints((long) rows * length, 0, V).toArray();
    int[] targets = random.ints((long) rows * length, 0, V).toArray();
    targets[1] = -1;
    return Batch.of(rows, ids, targets);
  }

  private static Program gpt(Precision precision, double dropout, boolean recompute) {
    return new Program(
        Specs.decoder(2, 12, 6, Specs.gptBlock(12, dropout), dropout, recompute),
        V,
        ModelOptions.of(3, precision));
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void learnsABatch(Precision precision) {
    Program program = gpt(precision, 0, false);
    float[] losses = program.train(program.record(batch(2, 5, 1), Mode.TRAIN), 60, 0.02);
    assertEquals(Math.log(V), losses[0], 0.2);
    assertTrue(losses[59] < losses[0] / 3, "from " + losses[0] + " to " + losses[59]);
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void trainingComputesWhatEvaluationComputes(Precision precision) {
    Program program = gpt(precision, 0, false);
    Step train = program.record(batch(2, 5, 1), Mode.TRAIN);
    Step evaluate = program.record(batch(2, 5, 1), Mode.EVALUATE);
    assertEquals(program.run(train), program.run(evaluate));
    assertArrayEquals(train.readLogits(), evaluate.readLogits());
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void recomputedBlocksGiveTheSameBitsWithDropout(Precision precision) {
    Batch batch = batch(2, 5, 2);
    Program kept = gpt(precision, 0.2, false);
    Program again = gpt(precision, 0.2, true);
    Step keptStep = kept.record(batch, Mode.TRAIN);
    Step againStep = again.record(batch, Mode.TRAIN);
    assertArrayEquals(kept.train(keptStep, 8, 0.01), again.train(againStep, 8, 0.01));
    assertArrayEquals(
        kept.model.parameters().read("blocks.0.attention.query.weight"),
        again.model.parameters().read("blocks.0.attention.query.weight"));
    assertTrue(
        againStep.plan().arenaBytes() < keptStep.plan().arenaBytes(),
        "recompute takes less memory: "
            + againStep.plan().arenaBytes()
            + " instead of "
            + keptStep.plan().arenaBytes());
  }

  @Test
  void dropoutDependsOnSeedAndStepAndIsOffInEvaluation() {
    Program program = gpt(Precision.F32, 0.3, false);
    Step step = program.record(batch(2, 5, 3), Mode.TRAIN);
    float first = program.run(step);
    assertEquals(first, program.run(step));
    step.random(7, 1);
    assertNotEquals(first, program.run(step));
    step.random(8, 0);
    assertNotEquals(first, program.run(step));
    Step evaluate = program.record(batch(2, 5, 3), Mode.EVALUATE);
    assertEquals(
        gpt(Precision.F32, 0, false).run(evaluate), program.run(evaluate), "no dropout here");
  }

  @Test
  void noTokenSeesALaterOne() {
    Program program =
        new Program(
            Specs.decoder(2, 12, 6, Specs.llamaBlock(12, Specs.swiglu(20)), 0, false),
            V,
            ModelOptions.of(3, Precision.F32));
    Batch batch = batch(1, 6, 4);
    Step step = program.record(batch, Mode.EVALUATE);
    program.run(step);
    float[] before = step.readLogits();
    int[] changed = batch.ids().clone();
    changed[4] = (changed[4] + 1) % V;
    step.plan().set("ids", changed);
    program.run(step);
    float[] after = step.readLogits();
    for (int i = 0; i < before.length; i++) {
      if (i / V < 4) {
        assertEquals(before[i], after[i], "token " + i / V);
      }
    }
    assertNotEquals(before[4 * V], after[4 * V]);
  }
}

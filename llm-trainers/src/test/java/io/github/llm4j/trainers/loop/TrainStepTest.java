package io.github.llm4j.trainers.loop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.github.llm4j.api.layer.Precision;
import io.github.llm4j.backend.cpu.Kernels;
import io.github.llm4j.runtime.plan.Plan;
import io.github.llm4j.trainers.data.Batch;
import io.github.llm4j.trainers.data.RandomWindows;
import io.github.llm4j.trainers.data.ValidationText;
import io.github.llm4j.trainers.objective.LanguageModeling;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrainStepTest {
  private static final long SEED = Tiny.SEED;

  @Test
  void microBatchesAddUpToTheWhole() {
    List<Double> whole;
    try (Tiny tiny = new Tiny(1, 0.1, false, Precision.F32)) {
      whole = tiny.train(2, Tiny.ROWS, 1e-3);
    }
    for (int micro : new int[] {4, 2, 1}) {
      try (Tiny tiny = new Tiny(1, 0.1, false, Precision.F32)) {
        List<Double> parts = tiny.train(2, micro, 1e-3);
        for (int i = 0; i < whole.size(); i++) {
          assertEquals(whole.get(i), parts.get(i), 2e-6 * whole.get(i), micro + ", number " + i);
        }
      }
    }
  }

  /** Their load balance is of each row by itself, so it doesn't see where a step is split. */
  @Test
  void microBatchesOfExpertsAddUpToTheWhole() {
    List<List<Double>> all = new ArrayList<>();
    for (int micro : new int[] {Tiny.ROWS, Tiny.ROWS / 4}) {
      try (Tiny tiny = Tiny.of(Tiny.experts(0.5))) {
        all.add(tiny.train(3, micro, 1e-3));
      }
    }
    List<Double> whole = all.get(0);
    for (int i = 0; i < whole.size(); i++) {
      assertEquals(whole.get(i), all.get(1).get(i), 1e-6 * whole.get(i), "number " + i);
    }
    try (Tiny tiny = Tiny.of(Tiny.experts(0))) { // the norm has the load balance in it
      assertTrue(Math.abs(tiny.train(1, Tiny.ROWS, 1e-3).get(1) - whole.get(1)) > 1e-4);
    }
  }

  @Test
  void tenLossesDependNeitherOnThreadsNorOnRecompute() {
    List<Double> golden = null;
    for (int threads : new int[] {1, 2, 3}) {
      for (boolean recompute : new boolean[] {false, true}) {
        try (Tiny tiny = new Tiny(threads, 0.1, recompute, Precision.F32)) {
          List<Double> losses = tiny.train(10, 4, 1e-3);
          golden = golden == null ? losses : golden;
          assertEquals(golden, losses, threads + " threads, recompute " + recompute);
        }
      }
    }
  }

  @Test
  void oneBatchIsLearnedByHeart() {
    for (Precision precision : new Precision[] {Precision.F32, Precision.BF16}) {
      try (Tiny tiny = new Tiny(1, 0, false, precision)) {
        RandomWindows windows = RandomWindows.of(Tiny.text(40), Tiny.CONTEXT, SEED);
        Batch batch = Batch.of(2, Tiny.CONTEXT);
        windows.fill(batch, 0, 0);
        TrainStep step = tiny.step(1e-2, 2);
        double loss = 0;
        for (int i = 0; i < 1000; i++) {
          loss = step.run(batch, 0, new StepNumbers(SEED, i, batch.count(), 2, 1e-2));
        }
        assertTrue(loss / batch.count() < 0.01, precision + ": loss " + loss / batch.count());
      }
    }
  }

  @Test
  void theLoggedLossIsThatOfAnEvaluation() {
    try (Tiny tiny = new Tiny(1, 0.5, false, Precision.F32)) {
      Batch batch = Batch.of(2, Tiny.CONTEXT);
      RandomWindows.of(Tiny.text(100), Tiny.CONTEXT, SEED).fill(batch, 0, 0);
      EvaluationStep evaluation =
          new EvaluationStep(tiny.model, new LanguageModeling(), 2, tiny.arena);
      double measured = evaluation.sum(batch);
      try (Tiny same = new Tiny(1, 0, false, Precision.F32)) {
        double logged =
            same.step(1e-3, 2).run(batch, 0, new StepNumbers(SEED, 0, batch.count(), 2, 1e-3));
        assertEquals(measured, logged, "without dropout, bit for bit");
      }
    }
  }

  @Test
  void anEvaluationIsTheSameInAnyBatch() {
    try (Tiny tiny = new Tiny(2, 0, false, Precision.F32)) {
      ValidationSet set = ValidationSet.of(ValidationText.of(Tiny.text(46)), Tiny.CONTEXT);
      double alone =
          new EvaluationStep(tiny.model, new LanguageModeling(), 1, tiny.arena)
              .loss(set, () -> false)
              .orElseThrow();
      double batched =
          new EvaluationStep(tiny.model, new LanguageModeling(), 4, tiny.arena)
              .loss(set, () -> false)
              .orElseThrow();
      assertEquals(alone, batched, 1e-6 * alone);
      assertEquals(Math.log(Tiny.VOCAB), alone, 0.3); // nothing learned yet
    }
  }

  @Test
  void plansShareOneArenaAndKnowItsSize() {
    try (Tiny tiny = new Tiny(1, 0, false, Precision.F32)) {
      TrainStep step = tiny.step(1e-3, 2);
      for (boolean first : new boolean[] {true, false}) {
        for (boolean last : new boolean[] {true, false}) {
          step.plan(new TrainStep.Place(first, last));
        }
      }
      long largest = step.plans().stream().mapToLong(Plan::arenaBytes).max().orElseThrow();
      assertEquals(largest, tiny.arena.bytes());
      assertTrue(largest > 0);
      assertEquals(4, step.plans().size());
    }
  }

  /**
   * On the reference: until they are compiled, kernels of the Vector API make objects of vectors.
   */
  @Test
  void aStepAllocatesNextToNothing() {
    try (Tiny tiny = new Tiny(1, 0, false, Precision.F32, Kernels.SCALAR)) {
      RandomWindows windows = RandomWindows.of(Tiny.text(100), Tiny.CONTEXT, SEED);
      Batch batch = Batch.of(4, Tiny.CONTEXT);
      TrainStep step = tiny.step(1e-3, 4);
      ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
      StepNumbers numbers = new StepNumbers(SEED, 0, batch.count(), 4, 1e-3);
      for (int i = 0; i < 20; i++) {
        windows.fill(batch, i, 0);
        step.run(batch, 0, numbers);
      }
      long before = threads.getCurrentThreadAllocatedBytes();
      int steps = 50;
      for (int i = 0; i < steps; i++) {
        windows.fill(batch, i, 0);
        step.run(batch, 0, numbers);
      }
      long bytes = (threads.getCurrentThreadAllocatedBytes() - before) / steps;
      assertTrue(bytes < 64 << 10, bytes + " bytes a step");
    }
  }

  @Test
  void aStepThatIsNotFiniteChangesNoWeight() {
    try (Tiny tiny = new Tiny(1, 0, false, Precision.F32)) {
      String path = tiny.model.parameters().learned().get(0).path();
      float[] values = tiny.model.parameters().read(path);
      values[0] = Float.NaN;
      tiny.model.parameters().write(path, values);
      Batch batch = Batch.of(2, Tiny.CONTEXT);
      RandomWindows.of(Tiny.text(100), Tiny.CONTEXT, SEED).fill(batch, 0, 0);
      TrainStep step = tiny.step(1e-3, 2);
      step.run(batch, 0, new StepNumbers(SEED, 0, batch.count(), 2, 1e-3));
      assertEquals(false, step.finite());
      assertArrayEquals(values, tiny.model.parameters().read(path));
    }
  }
}

package io.github.llm4j.trainers.loop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.github.llm4j.api.layer.Precision;
import io.github.llm4j.api.parameter.Parameter;
import io.github.llm4j.runtime.model.StateTensor;
import io.github.llm4j.trainers.data.Batch;
import io.github.llm4j.trainers.data.RandomWindows;
import io.github.llm4j.trainers.objective.LanguageModeling;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WeightAverageTest {
  private static final double LR = 1e-2;
  private static final int ROWS = 4;

  private static final class Steps {
    private final TrainStep step;
    private final RandomWindows windows = RandomWindows.of(Tiny.text(100), Tiny.CONTEXT, Tiny.SEED);
    private final Batch batch = Batch.of(ROWS, Tiny.CONTEXT);
    private int done;

    Steps(Tiny tiny, Optional<Double> decay) {
      step = tiny.step(LR, ROWS, decay);
    }

    double next() {
      windows.fill(batch, done, 0);
      return step.run(batch, 0, new StepNumbers(Tiny.SEED, done++, batch.count(), ROWS, LR));
    }
  }

  private static float[] values(Tiny tiny) {
    List<Float> all = new ArrayList<>();
    for (Parameter parameter : tiny.model.parameters().learned()) {
      for (float value : tiny.model.parameters().read(parameter.path())) {
        all.add(value);
      }
    }
    float[] values = new float[all.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = all.get(i);
    }
    return values;
  }

  @Test
  void itAgreesWithALoopInDouble() {
    double decay = 0.6; // reached in step 13
    try (Tiny tiny = new Tiny(2, 0, false, Precision.F32)) {
      Steps steps = new Steps(tiny, Optional.of(decay));
      float[] start = values(tiny);
      double[] expected = new double[start.length];
      for (int i = 0; i < expected.length; i++) {
        expected[i] = start[i];
      }
      for (int t = 1; t <= 30; t++) {
        steps.next();
        double d = Math.min(decay, (1.0 + t) / (10.0 + t));
        float[] now = values(tiny);
        for (int i = 0; i < expected.length; i++) {
          expected[i] = d * expected[i] + (1 - d) * now[i];
        }
      }
      try (TrainStep.Averaged _ = steps.step.averaged()) {
        float[] found = values(tiny);
        for (int i = 0; i < expected.length; i++) {
          assertEquals(expected[i], found[i], 1e-6 * (1 + Math.abs(expected[i])), "weight " + i);
        }
      }
    }
  }

  @Test
  void trainingGoesOnWithTheWeightsAsTheyWere() {
    for (Precision precision : new Precision[] {Precision.F32, Precision.BF16}) {
      try (Tiny plain = new Tiny(1, 0, false, precision);
          Tiny averaged = new Tiny(1, 0, false, precision)) {
        Steps without = new Steps(plain, Optional.empty());
        Steps with = new Steps(averaged, Optional.of(0.9));
        for (int i = 0; i < 10; i++) {
          try (TrainStep.Averaged _ = with.step.averaged()) {
            averaged.model.parameters().refresh(); // as an evaluation does
          }
          assertEquals(without.next(), with.next(), precision + ", step " + i);
        }
        assertArrayEquals(values(plain), values(averaged));
      }
    }
  }

  @Test
  void anEvaluationSeesTheAverage() {
    try (Tiny tiny = new Tiny(1, 0, false, Precision.BF16)) {
      Steps steps = new Steps(tiny, Optional.of(0.99));
      for (int i = 0; i < 10; i++) {
        steps.next();
      }
      EvaluationStep evaluation =
          new EvaluationStep(tiny.model, new LanguageModeling(), ROWS, tiny.arena);
      double raw = evaluation.sum(steps.batch);
      double average;
      float[] weights;
      try (TrainStep.Averaged _ = steps.step.averaged()) {
        average = evaluation.sum(steps.batch);
        weights = values(tiny);
      }
      assertNotEquals(raw, average);
      assertEquals(raw, evaluation.sum(steps.batch));
      try (Tiny other = new Tiny(1, 0, false, Precision.BF16)) {
        int at = 0;
        for (Parameter parameter : other.model.parameters().learned()) {
          int size = (int) parameter.shape().elements();
          other
              .model
              .parameters()
              .write(parameter.path(), Arrays.copyOfRange(weights, at, at + size));
          at += size;
        }
        EvaluationStep same =
            new EvaluationStep(other.model, new LanguageModeling(), ROWS, other.arena);
        assertEquals(average, same.sum(steps.batch));
      }
    }
  }

  @Test
  void aStepThatIsNotFiniteIsNotAveraged() {
    try (Tiny tiny = new Tiny(1, 0, false, Precision.F32)) {
      Steps steps = new Steps(tiny, Optional.of(0.9));
      steps.next();
      StateTensor average = Objects.requireNonNull(steps.step.memory().get("average"));
      float[] before = average.memory().toArray(ValueLayout.JAVA_FLOAT);
      String path = tiny.model.parameters().learned().get(0).path();
      float[] broken = tiny.model.parameters().read(path);
      broken[0] = Float.NaN;
      tiny.model.parameters().write(path, broken);
      steps.next();
      assertFalse(steps.step.finite());
      assertArrayEquals(before, average.memory().toArray(ValueLayout.JAVA_FLOAT));
    }
  }
}

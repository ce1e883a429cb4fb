package io.github.llm4j.trainers.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.api.layer.Precision;
import io.github.llm4j.api.parameter.Parameter;
import io.github.llm4j.trainers.data.TrainingData;
import io.github.llm4j.trainers.objective.LanguageModeling;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class TrainerTest {
  private static Trainer trainer(
      Tiny tiny, double lr, int micro, long steps, TrainingListener listener) {
    TrainingData data = TrainingData.of(Tiny.text(400), Optional.of(Tiny.text(50)));
    TrainingParts parts =
        TrainingParts.of(
            tiny.model,
            new LanguageModeling(),
            Tiny.adamw(lr),
            data,
            micro,
            1,
            Optional.empty(),
            5,
            tiny.pool);
    return new Trainer(
        parts,
        step -> lr,
        new TrainerOptions(5, steps, 4, 5, 10, 0, 0, OptionalDouble.empty()),
        LoopState.start(),
        listener);
  }

  @Test
  void theLossFallsAndEvaluationsComeWhenTheyAreDue() {
    List<StepReport> steps = new ArrayList<>();
    List<EvaluationReport> evaluations = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void step(StepReport report) {
            steps.add(report);
          }

          @Override
          public void evaluated(EvaluationReport report) {
            evaluations.add(report);
          }
        };
    try (Tiny tiny = new Tiny(1, 0, false, Precision.F32)) {
      TrainingResult result = trainer(tiny, 1e-2, 2, 65, listener).run(() -> false);
      assertEquals(65, result.state().step());
      assertEquals(TrainingResult.End.COMPLETE, result.end());
      assertEquals(14, steps.size());
      assertEquals(1, steps.get(0).step());
      assertEquals(
          List.of(10L, 20L, 30L, 40L, 50L, 60L, 65L),
          evaluations.stream().map(EvaluationReport::step).toList());
      assertTrue(evaluations.get(6).loss() < evaluations.get(0).loss() - 0.3);
      assertTrue(evaluations.get(0).best());
      assertEquals(49, evaluations.get(0).targets());
      double best = evaluations.stream().mapToDouble(EvaluationReport::loss).min().orElseThrow();
      assertEquals(best, result.state().best().orElseThrow());
    }
  }

  @Test
  void anInterruptEndsCleanlyBehindItsStep() {
    try (Tiny tiny = new Tiny(1, 0, false, Precision.F32)) {
      int[] asked = {0};
      TrainingResult result =
          trainer(tiny, 1e-3, 4, 50, new TrainingListener() {}).run(() -> ++asked[0] == 3);
      assertEquals(3, result.state().step());
      assertTrue(result.interrupted());
    }
  }

  @Test
  void aRateThatIsFarTooHighStopsWithOpAndLayer() {
    for (int micro : new int[] {4, 2}) {
      try (Tiny tiny = new Tiny(1, 0, false, Precision.F32)) {
        LlmException e =
            assertThrows(
                LlmException.class,
                () -> trainer(tiny, 1e10, micro, 50, new TrainingListener() {}).run(() -> false));
        assertEquals(2, e.kind().exitCode());
        assertTrue(
            e.getMessage().matches("(?s)step \\d+: a finite loss and gradient expected, found.*"),
            e.getMessage());
        assertTrue(e.getMessage().matches("(?s).* in [a-z].* gives .*"), e.getMessage());
        for (Parameter parameter : tiny.model.parameters().learned()) {
          for (float value : tiny.model.parameters().read(parameter.path())) {
            assertTrue(Float.isFinite(value), parameter.path());
          }
        }
      }
    }
  }
}

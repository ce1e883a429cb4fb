package io.github.llm4j.trainers.optimizer;

import io.github.llm4j.api.optimizer.Optimizer;
import io.github.llm4j.api.optimizer.OptimizerContext;
import io.github.llm4j.api.parameter.Parameter.Role;
import java.util.List;
import org.junit.jupiter.api.Test;

class LionTest {
  private final LionSettings settings = new LionSettings(0.1, 0.5, 0.75, 0.2);
  private final Optimizer lion = new LionProvider().create(settings, new OptimizerContext());

  /**
   * By hand. Step 1, m = 0: c = 0.5 g, signs (1, -1, 0), m = g / 4 = (0.5, -1, 0). Step 2, g = (-1,
   * 4, 3): c = (-0.25, 1.5, 1.5), signs (-1, 1, 1), m = 0.75 m + g / 4 = (0.125, 0.25, 0.75). Step
   * 3, g = (-0.1, -0.25, -1): c = (0.0125, 0, -0.125), signs (1, 0, -1).
   */
  @Test
  void threeStepsAgreeWithAHandComputation() {
    double[] w1 = {1 - 0.1 * (1 + 0.2), 1 - 0.1 * (-1 + 0.2), 1 - 0.1 * 0.2};
    double[] w2 = {
      w1[0] - 0.1 * (-1 + 0.2 * w1[0]),
      w1[1] - 0.1 * (1 + 0.2 * w1[1]),
      w1[2] - 0.1 * (1 + 0.2 * w1[2])
    };
    double[] w3 = {
      w2[0] - 0.1 * (1 + 0.2 * w2[0]),
      w2[1] - 0.1 * (0 + 0.2 * w2[1]),
      w2[2] - 0.1 * (-1 + 0.2 * w2[2])
    };
    OptimizerTrials.check(
        lion,
        OptimizerTrials.alone(Role.MATRIX, 1, 3),
        new double[] {1, 1, 1},
        List.of(new double[] {2, -4, 0}, new double[] {-1, 4, 3}, new double[] {-0.1, -0.25, -1}),
        List.of(w1, w2, w3));
  }
}

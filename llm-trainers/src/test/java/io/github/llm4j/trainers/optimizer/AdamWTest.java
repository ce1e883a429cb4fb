package io.github.llm4j.trainers.optimizer;

import io.github.llm4j.api.optimizer.Optimizer;
import io.github.llm4j.api.optimizer.OptimizerContext;
import io.github.llm4j.api.optimizer.ParameterArena;
import io.github.llm4j.api.optimizer.ParameterArena.Slice;
import io.github.llm4j.api.parameter.Parameter.Role;
import io.github.llm4j.api.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

class AdamWTest {
  private final AdamWSettings settings = new AdamWSettings(0.1, 0.9, 0.99, 1e-15, 0.5);
  private final Optimizer adamw = new AdamWProvider().create(settings, new OptimizerContext());

  /**
   * By hand. Step 1, g = (2, -4, 1): m = 0.1 g, v = 0.01 g^2, so m / c1 = g, v / c2 = g^2 and the
   * step is lr (sign g + decay w). Step 2, g = (0, -4, 1): m = (0.18, -0.76, 0.19), v = (0.0396,
   * 0.3184, 0.0199), c1 = 0.19, c2 = 0.0199.
   */
  @Test
  void twoStepsAgreeWithAHandComputation() {
    double[] first = {1 - 0.1 * (1 + 0.5 * 1), 1 + 0.1 * (1 - 0.5 * 1), 1 - 0.1 * 1};
    double[] second = {
      first[0] - 0.1 * (0.18 / 0.19 / Math.sqrt(0.0396 / 0.0199) + 0.5 * first[0]),
      first[1] - 0.1 * (-4.0 / 4.0 + 0.5 * first[1]),
      first[2] - 0.1 * 1.0 // no decay
    };
    ParameterArena arena =
        new ParameterArena(
            3,
            List.of(
                new Slice("a", 0, Shape.of(1, 2), Role.MATRIX, 1),
                new Slice("b", 2, Shape.of(1), Role.VECTOR, 1)));
    OptimizerTrials.check(
        adamw,
        arena,
        new double[] {1, 1, 1},
        List.of(new double[] {2, -4, 1}, new double[] {0, -4, 1}),
        List.of(first, second));
  }
}

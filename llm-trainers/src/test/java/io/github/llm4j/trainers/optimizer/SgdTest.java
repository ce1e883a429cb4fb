package io.github.llm4j.trainers.optimizer;

import io.github.llm4j.api.component.SettingsException;
import io.github.llm4j.api.optimizer.OptimizerContext;
import io.github.llm4j.api.parameter.Parameter.Role;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class SgdTest {
  private static final double[] START = {1};
  private static final List<double[]> GRADIENTS =
      List.of(new double[] {2}, new double[] {-1}, new double[] {4});

  private static void check(SgdSettings settings, double... expected) {
    OptimizerTrials.check(
        new SgdProvider().create(settings, new OptimizerContext()),
        OptimizerTrials.alone(Role.MATRIX, 1, 1),
        START,
        GRADIENTS,
        List.of(
            new double[] {expected[0]}, new double[] {expected[1]}, new double[] {expected[2]}));
  }

  @Test
  void withoutMomentumItIsTheGradient() {
    check(new SgdSettings(0.1, 0, false, 0, false), 0.8, 0.9, 0.5);
  }

  /** b = 2, 0.5 * 2 - 1 = 0, 4. */
  @Test
  void momentumIsASumThatFades() {
    check(new SgdSettings(0.1, 0.5, false, 0, false), 0.8, 0.8, 0.4);
  }

  /** g + 0.5 b = 2 + 1, -1 + 0, 4 + 2. */
  @Test
  void nesterovLooksAhead() {
    check(new SgdSettings(0.1, 0.5, true, 0, false), 0.7, 0.8, 0.2);
  }

  /** g + 0.5 w = 2.5, -0.625, 4.375 + 0.03125 .. and b = 2.5, 0.625, 4.65625. */
  @Test
  void coupledDecayGoesThroughTheMomentum() {
    double w1 = 1 - 0.1 * 2.5;
    double b2 = 0.5 * 2.5 + (-1 + 0.5 * w1);
    double w2 = w1 - 0.1 * b2;
    double b3 = 0.5 * b2 + (4 + 0.5 * w2);
    check(new SgdSettings(0.1, 0.5, false, 0.5, false), w1, w2, w2 - 0.1 * b3);
  }

  /** b = 2, 0, 4 as without decay, which is 0.1 * 0.5 of the weight in each step. */
  @Test
  void decoupledDecayGoesPastIt() {
    double w1 = 0.95 - 0.2;
    double w2 = 0.95 * w1;
    check(new SgdSettings(0.1, 0.5, false, 0.5, true), w1, w2, 0.95 * w2 - 0.4);
  }

  @Test
  void nesterovNeedsMomentum() {
    Assertions.assertThrows(SettingsException.class, () -> new SgdSettings(0.1, 0, true, 0, false));
  }
}

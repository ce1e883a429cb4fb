package io.github.llm4j.trainers.optimizer;

import io.github.llm4j.api.optimizer.Optimizer;
import io.github.llm4j.api.optimizer.OptimizerContext;
import io.github.llm4j.api.parameter.Parameter.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** Against algorithms 4 and 5 of arXiv:1804.04235 as they are printed, with sums. */
class AdafactorTest {
  private static final int ROWS = 2;
  private static final int COLUMNS = 3;
  private static final int STEPS = 4;
  private static final double EPS1 = 1e-30;
  private static final double EPS2 = 1e-3;
  private final Random random = new Random(5);

  private static Optimizer adafactor(double lr, boolean relative, double beta1, double decay) {
    return new AdafactorProvider()
        .create(
            new AdafactorSettings(lr, relative, 0.8, 1, EPS1, EPS2, beta1, decay),
            new OptimizerContext());
  }

  private double[] normal(double size) {
    double[] values = new double[ROWS * COLUMNS];
    for (int i = 0; i < values.length; i++) {
      values[i] = size * random.nextGaussian();
    }
    return values;
  }

  private static double rms(double[] x) {
    double sum = 0;
    for (double value : x) {
      sum += value * value;
    }
    return Math.sqrt(sum / x.length);
  }

  /** Algorithm 4 of a matrix or 5 of a vector, with the step sizes of section 8. */
  private static List<double[]> printed(
      double[] start, List<double[]> gradients, boolean matrix, double beta1, double decay) {
    double[] x = start.clone();
    double[] r = new double[ROWS];
    double[] c = new double[COLUMNS];
    double[] v = new double[x.length];
    double[] m = new double[x.length];
    List<double[]> all = new ArrayList<>();
    for (int t = 1; t <= gradients.size(); t++) {
      double[] g = gradients.get(t - 1);
      double alpha = Math.max(EPS2, rms(x)) * Math.min(1e-2, 1 / Math.sqrt(t));
      double beta2 = 1 - Math.pow(t, -0.8);
      double total = 0;
      for (int i = 0; i < ROWS; i++) {
        double sum = 0;
        for (int j = 0; j < COLUMNS; j++) {
          sum += g[i * COLUMNS + j] * g[i * COLUMNS + j] + EPS1;
        }
        r[i] = beta2 * r[i] + (1 - beta2) * sum;
        total += r[i];
      }
      for (int j = 0; j < COLUMNS; j++) {
        double sum = 0;
        for (int i = 0; i < ROWS; i++) {
          sum += g[i * COLUMNS + j] * g[i * COLUMNS + j] + EPS1;
        }
        c[j] = beta2 * c[j] + (1 - beta2) * sum;
      }
      double[] u = new double[x.length];
      for (int i = 0; i < x.length; i++) {
        v[i] = beta2 * v[i] + (1 - beta2) * (g[i] * g[i] + EPS1);
        double moment = matrix ? r[i / COLUMNS] * c[i % COLUMNS] / total : v[i];
        u[i] = g[i] / Math.sqrt(moment);
      }
      double clipped = Math.max(1, rms(u));
      for (int i = 0; i < x.length; i++) {
        m[i] = beta1 * m[i] + (1 - beta1) * alpha * u[i] / clipped;
        x[i] = x[i] - m[i] - alpha * decay * x[i];
      }
      all.add(x.clone());
    }
    return all;
  }

  private List<double[]> gradients() {
    List<double[]> gradients = new ArrayList<>();
    for (int i = 0; i < STEPS; i++) {
      gradients.add(normal(i == 2 ? 10 : 0.1)); // the large one is clipped
    }
    return gradients;
  }

  @Test
  void matricesAgreeWithAlgorithmFour() {
    double[] start = normal(1);
    List<double[]> gradients = gradients();
    OptimizerTrials.check(
        adafactor(1e-2, true, 0, 0),
        OptimizerTrials.alone(Role.MATRIX, ROWS, COLUMNS),
        start,
        gradients,
        printed(start, gradients, true, 0, 0));
  }

  @Test
  void vectorsAgreeWithAlgorithmFive() {
    double[] start = normal(1e-5); // smaller than eps2
    List<double[]> gradients = gradients();
    OptimizerTrials.check(
        adafactor(1e-2, true, 0, 0),
        OptimizerTrials.alone(Role.VECTOR, ROWS * COLUMNS),
        start,
        gradients,
        printed(start, gradients, false, 0, 0));
  }

  @Test
  void momentumAveragesStepsAndDecayIsOfTheStepsRate() {
    double[] start = normal(1);
    List<double[]> gradients = gradients();
    OptimizerTrials.check(
        adafactor(1e-2, true, 0.9, 0.5),
        OptimizerTrials.alone(Role.MATRIX, ROWS, COLUMNS),
        start,
        gradients,
        printed(start, gradients, true, 0.9, 0.5));
  }

  /** One step: v is the squared gradient, so each weight moves by the rate. */
  @Test
  void withoutRelativeStepsTheRateIsTheRate() {
    OptimizerTrials.check(
        adafactor(0.5, false, 0, 0),
        OptimizerTrials.alone(Role.VECTOR, 3),
        new double[] {7, 7, 7},
        List.of(new double[] {1, -2, 1e-3}),
        List.of(new double[] {6.5, 7.5, 6.5}));
  }

  /** A rank of 1 is what rows and columns say exactly. */
  @Test
  void aGradientOfRankOneIsFactoredWithoutLoss() {
    double[] outer = {2, 4, -6, 1, 2, -3}; // (2, 1) x (1, 2, -3)
    OptimizerTrials.check(
        adafactor(0.5, false, 0, 0),
        OptimizerTrials.alone(Role.MATRIX, ROWS, COLUMNS),
        new double[ROWS * COLUMNS],
        List.of(outer),
        List.of(new double[] {-0.5, -0.5, 0.5, -0.5, -0.5, 0.5}));
  }

  @Test
  void itsMemoryIsARowAndAColumn() {
    long elements =
        adafactor(1e-2, true, 0, 0).states(OptimizerTrials.alone(Role.MATRIX, 300, 200)).stream()
            .mapToLong(s -> s.shape().elements())
            .sum();
    Assertions.assertEquals(500, elements);
  }
}

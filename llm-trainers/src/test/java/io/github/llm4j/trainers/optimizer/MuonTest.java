package io.github.llm4j.trainers.optimizer;

import io.github.llm4j.api.optimizer.Optimizer;
import io.github.llm4j.api.optimizer.ParameterArena;
import io.github.llm4j.api.optimizer.ParameterArena.Slice;
import io.github.llm4j.api.parameter.Parameter.Role;
import io.github.llm4j.api.tensor.Shape;
import io.github.llm4j.trainers.optimizer.MuonSettings.Scale;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class MuonTest {
  private static final double[] COEFFICIENTS = {3.4445, -4.7750, 2.0315};
  private static final double MOMENTUM = 0.95;
  private final Random random = new Random(9);

  private double[][] normal(int rows, int columns) {
    double[][] values = new double[rows][columns];
    for (double[] row : values) {
      for (int j = 0; j < columns; j++) {
        row[j] = random.nextGaussian();
      }
    }
    return values;
  }

  private static double[][] product(double[][] a, double[][] b) {
    double[][] y = new double[a.length][b[0].length];
    for (int i = 0; i < y.length; i++) {
      for (int j = 0; j < y[0].length; j++) {
        for (int k = 0; k < b.length; k++) {
          y[i][j] += a[i][k] * b[k][j];
        }
      }
    }
    return y;
  }

  private static double[][] transposed(double[][] a) {
    double[][] y = new double[a[0].length][a.length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < a[0].length; j++) {
        y[j][i] = a[i][j];
      }
    }
    return y;
  }

  private static double[][] sum(double p, double[][] a, double q, double[][] b) {
    double[][] y = new double[a.length][a[0].length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < a[0].length; j++) {
        y[i][j] = p * a[i][j] + q * b[i][j];
      }
    }
    return y;
  }

  private static double[] flat(double[][] a) {
    double[] y = new double[a.length * a[0].length];
    for (int i = 0; i < y.length; i++) {
      y[i] = a[i / a[0].length][i % a[0].length];
    }
    return y;
  }

  /**
   * Newton and Schulz's iteration as the first publication writes it: X = a X + (b A + c A A) X.
   */
  private static double[][] orthogonal(double[][] g) {
    double norm = 0;
    for (double value : flat(g)) {
      norm += value * value;
    }
    double[][] x = sum(1 / Math.sqrt(norm), g, 0, g);
    for (int i = 0; i < 5; i++) {
      double[][] a = product(x, transposed(x));
      double[][] b = sum(COEFFICIENTS[1], a, COEFFICIENTS[2], product(a, a));
      x = sum(COEFFICIENTS[0], x, 1, product(b, x));
    }
    return x;
  }

  private void agrees(int rows, int columns, boolean nesterov, Scale scale, double factor) {
    double[][] w = normal(rows, columns);
    double[] start = flat(w);
    double[][] momentum = new double[rows][columns];
    List<double[]> gradients = new ArrayList<>();
    List<double[]> expected = new ArrayList<>();
    for (int step = 0; step < 3; step++) {
      double[][] g = normal(rows, columns);
      momentum = sum(MOMENTUM, momentum, 1, g); // a sum, where ours is an average
      double[][] ahead = nesterov ? sum(1, g, MOMENTUM, momentum) : momentum;
      w = sum(1 - 0.01 * 0.5, w, -0.01 * factor, orthogonal(ahead));
      gradients.add(flat(g));
      expected.add(flat(w));
    }
    OptimizerTrials.check(
        OptimizerTrials.muon(0.01, nesterov, scale, 0.5),
        OptimizerTrials.alone(Role.MATRIX, rows, columns),
        start,
        gradients,
        expected);
  }

  @Test
  void stepsAgreeWithTheFirstPublication() {
    agrees(3, 3, true, Scale.SPECTRAL, 1);
    agrees(2, 5, true, Scale.SPECTRAL, 1);
    agrees(4, 2, false, Scale.SPECTRAL, Math.sqrt(2));
  }

  @Test
  void stepsOfAnRmsAsAdamsAgreeWithMoonlight() {
    agrees(2, 5, true, Scale.RMS, 0.2 * Math.sqrt(5));
    agrees(4, 2, true, Scale.RMS, 0.2 * 2);
  }

  /** Of a multiple of the identity, each singular value goes through the polynomial by itself. */
  @Test
  void theIdentityStaysAMultipleOfItself() {
    double s = 1 / Math.sqrt(2);
    for (int i = 0; i < 5; i++) {
      s = 3.4445 * s - 4.7750 * s * s * s + 2.0315 * s * s * s * s * s;
    }
    Assertions.assertEquals(1, s, 0.3);
    OptimizerTrials.check(
        OptimizerTrials.muon(1, false, Scale.SPECTRAL, 0),
        OptimizerTrials.alone(Role.MATRIX, 2, 2),
        new double[4],
        List.of(new double[] {7, 0, 0, 7}),
        List.of(new double[] {-s, 0, 0, -s}));
  }

  /** Three matrices in one parameter are three matrices. */
  @Test
  void expertsAreMatricesByThemselves() {
    Optimizer muon = OptimizerTrials.muon(0.01, true, Scale.RMS, 0);
    double[] gradient = flat(normal(6, 3));
    double[] all =
        OptimizerTrials.run(
                muon,
                OptimizerTrials.alone(Role.MATRIX, 3, 2, 3),
                new double[18],
                List.of(gradient))
            .get(0);
    for (int e = 0; e < 3; e++) {
      double[] own = java.util.Arrays.copyOfRange(gradient, 6 * e, 6 * e + 6);
      double[] one =
          OptimizerTrials.run(
                  muon, OptimizerTrials.alone(Role.MATRIX, 2, 3), new double[6], List.of(own))
              .get(0);
      Assertions.assertArrayEquals(
          one, java.util.Arrays.copyOfRange(all, 6 * e, 6 * e + 6), 1e-12, "expert " + e);
    }
  }

  /** In the first step AdamW moves each weight by its rate, here half of the matrices'. */
  @Test
  void embeddingsAndVectorsAreAdamWs() {
    ParameterArena arena =
        new ParameterArena(
            6,
            List.of(
                new Slice("blocks.0.norm.weight", 0, Shape.of(2), Role.VECTOR, 1),
                new Slice("embedding.token.weight", 2, Shape.of(2, 2), Role.MATRIX, 1)));
    double[] found =
        OptimizerTrials.run(
                OptimizerTrials.muon(0.1, true, Scale.RMS, 0),
                arena,
                new double[6],
                List.of(new double[] {1, -2, 3, -4, 5, -6}))
            .get(0);
    Assertions.assertArrayEquals(new double[] {-0.05, 0.05, -0.05, 0.05, -0.05, 0.05}, found, 1e-8);
  }

  @Test
  void onlyAdamWsHaveTwoMoments() {
    Optimizer muon = OptimizerTrials.muon(0.1, true, Scale.RMS, 0);
    List<Optimizer.State> states =
        muon.states(
            new ParameterArena(
                8,
                List.of(
                    new Slice("blocks.0.up.weight", 0, Shape.of(2, 2), Role.MATRIX, 1),
                    new Slice("embedding.token.weight", 4, Shape.of(2, 2), Role.MATRIX, 1))));
    Assertions.assertEquals(
        List.of(
            "momentum/blocks.0.up.weight", "m/embedding.token.weight", "v/embedding.token.weight"),
        states.stream().map(Optimizer.State::name).toList());
  }
}

package io.github.llm4j.testkit;

import io.github.llm4j.api.backend.Backend;
import io.github.llm4j.api.layer.Mode;
import io.github.llm4j.api.layer.Precision;
import io.github.llm4j.api.op.Ops;
import io.github.llm4j.api.parameter.Parameter;
import io.github.llm4j.api.tensor.DType;
import io.github.llm4j.api.tensor.Shape;
import io.github.llm4j.api.tensor.Tensor;
import io.github.llm4j.api.tensor.TensorSpec;
import io.github.llm4j.runtime.composition.Workplace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

/**
 * What every layer keeps: its provider is found and its settings are bound as in a config; it maps
 * {@code [B, T, C]} to {@code [B, T, C]} for any B and T; its gradients, to the stream and to each
 * parameter, are the derivatives; training computes what evaluation does; a row doesn't depend on
 * those beside it; and the same bits come again, with any number of threads.
 *
 * <p>A subclass says how a config names the layer. Backends are found by ServiceLoader, so
 * llm-backend-cpu has to be on the test's class path.
 */
public abstract class LayerContract {
  private static final double CLOSE = 1e-12;

  /** The layer as a config writes it, as <code>{ type = gated-mlp, d-ff = 12 }</code>. */
  protected abstract String config();

  /** Width of the stream (C). */
  protected int dModel() {
    return 6;
  }

  /** Greatest length of a text. */
  protected int contextLength() {
    return 16;
  }

  /** Whether training draws random numbers, as dropout does; it differs from evaluation then. */
  protected boolean drawsInTraining() {
    return false;
  }

  private LayerTrial trial(Backend backend, Precision precision) {
    return new LayerTrial(backend, precision, config(), dModel(), contextLength());
  }

  @Test
  final void keepsTheShapeOfTheStream() {
    Seeds seeds = Seeds.fresh();
    try (Workplace workplace = Workplaces.open("cpu", 2)) {
      for (Precision precision : List.of(Precision.F32, Precision.BF16)) {
        LayerTrial trial = trial(workplace.backend(), precision);
        for (int[] sizes : new int[][] {{1, 1}, {2, 7}, {3, contextLength()}}) {
          Operand x = seeds.normal(precision.compute(), sizes[0], sizes[1], dModel());
          TensorSpec y = trial.run(x, trial.weights(seeds), Mode.EVALUATE).spec();
          if (!y.shape().equals(x.spec().shape()) || !y.dtype().isFloat()) {
            throw new AssertionError(
                "%s in %s: a float type of %s expected, found %s"
                    .formatted(config(), precision, x.spec().shape(), y));
          }
        }
      }
    }
  }

  @Test
  final void gradientsAreTheDerivatives() {
    Seeds seeds = Seeds.fresh();
    try (Backend reference = Reference.open()) {
      LayerTrial trial = trial(reference, Precision.F64);
      Map<String, Operand> weights = trial.weights(seeds);
      List<String> paths = List.copyOf(weights.keySet());
      List<Operand> operands = new ArrayList<>();
      operands.add(seeds.normal(DType.F64, 2, 3, dModel()));
      paths.forEach(path -> operands.add(weights.get(path)));
      operands.add(LayerTrial.positions(2, 3));
      operands.add(LayerTrial.state());
      Set<Integer> differentiated = new HashSet<>(Set.of(0));
      for (int i = 0; i < paths.size(); i++) {
        if (trial.parameter(paths.get(i)).learned()) {
          differentiated.add(1 + i);
        }
      }
      BiFunction<Ops, List<Tensor>, Tensor> function =
          (ops, in) -> {
            Map<String, Tensor> handles = new HashMap<>();
            for (int i = 0; i < paths.size(); i++) {
              handles.put(paths.get(i), in.get(1 + i));
            }
            int at = 1 + paths.size();
            return trial.forward(ops, in.get(0), handles, in.get(at), in.get(at + 1), Mode.TRAIN);
          };
      new GradientCheck(reference, seeds)
          .check(config() + " of x, " + paths, function, operands, differentiated);
    }
  }

  @Test
  final void everyLearnedParameterIsUsed() {
    try (Backend reference = Reference.open()) {
      LayerTrial trial = trial(reference, Precision.F64);
      List<String> unused =
          trial.made().stream()
              .filter(Parameter::learned)
              .map(Parameter::path)
              .filter(path -> !trial.weights(Seeds.fresh()).containsKey(path))
              .toList();
      if (!unused.isEmpty()) {
        throw new AssertionError(
            config()
                + ": forward to ask for each learned parameter expected, found none for "
                + unused);
      }
    }
  }

  @Test
  final void trainingComputesWhatEvaluationDoes() {
    if (drawsInTraining()) {
      return;
    }
    Seeds seeds = Seeds.fresh();
    try (Workplace workplace = Workplaces.open("cpu", 1)) {
      LayerTrial trial = trial(workplace.backend(), Precision.F32);
      Operand x = seeds.normal(DType.F32, 2, 5, dModel());
      Map<String, Operand> weights = trial.weights(seeds);
      same(
          "training as evaluation",
          trial.run(x, weights, Mode.EVALUATE),
          trial.run(x, weights, Mode.TRAIN));
    }
  }

  @Test
  final void aRowDoesNotDependOnThoseBesideIt() {
    Seeds seeds = Seeds.fresh();
    try (Backend reference = Reference.open()) {
      LayerTrial trial = trial(reference, Precision.F64);
      Map<String, Operand> weights = trial.weights(seeds);
      Operand x = seeds.normal(DType.F64, 3, 4, dModel());
      double[] all = trial.run(x, weights, Mode.EVALUATE).values();
      int row = 4 * dModel();
      for (int b = 0; b < 3; b++) {
        double[] values = Arrays.copyOfRange(x.values(), b * row, (b + 1) * row);
        Operand one = Operand.of(new TensorSpec(Shape.of(1, 4, dModel()), DType.F64), values);
        double[] alone = trial.run(one, weights, Mode.EVALUATE).values();
        for (int i = 0; i < row; i++) {
          double expected = alone[i];
          if (!(Math.abs(all[b * row + i] - expected) <= CLOSE * (1 + Math.abs(expected)))) {
            throw new AssertionError(
                "%s: row %d, element %d: %s as alone expected, found %s (%s)"
                    .formatted(config(), b, i, expected, all[b * row + i], seeds));
          }
        }
      }
    }
  }

  @Test
  final void theSameBitsComeAgainWithAnyNumberOfThreads() {
    for (Precision precision : List.of(Precision.F32, Precision.BF16)) {
      Operand once = large(precision, 1);
      same(precision + " again", once, large(precision, 1));
      same(precision + " with three threads", once, large(precision, 3));
    }
  }

  private Operand large(Precision precision, int threads) {
    Seeds seeds = Seeds.fresh();
    try (Workplace workplace = Workplaces.open("cpu", threads)) {
      LayerTrial trial = trial(workplace.backend(), precision);
      Operand x = seeds.normal(precision.compute(), 37, contextLength(), dModel());
      return trial.run(x, trial.weights(seeds), Mode.EVALUATE);
    }
  }

  private void same(String what, Operand expected, Operand found) {
    if (expected.memory().mismatch(found.memory()) >= 0) {
      throw new AssertionError(
          "%s: the same bits expected, %s, found others".formatted(config(), what));
    }
  }
}

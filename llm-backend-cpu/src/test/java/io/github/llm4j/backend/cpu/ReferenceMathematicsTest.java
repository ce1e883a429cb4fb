package io.github.llm4j.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.llm4j.api.backend.Backend;
import io.github.llm4j.api.op.Attention;
import io.github.llm4j.api.op.Op;
import io.github.llm4j.api.op.RandomUniform;
import io.github.llm4j.api.op.Sort;
import io.github.llm4j.api.op.TopK;
import io.github.llm4j.api.random.Philox;
import io.github.llm4j.api.tensor.DType;
import io.github.llm4j.api.tensor.Shape;
import io.github.llm4j.api.tensor.Tensor;
import io.github.llm4j.api.tensor.TensorSpec;
import io.github.llm4j.runtime.eager.EagerOps;
import io.github.llm4j.testkit.Operand;
import io.github.llm4j.testkit.Reference;
import io.github.llm4j.testkit.Seeds;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The reference in F64 against formulas that are written out here, not against itself. */
class ReferenceMathematicsTest {
  private final Seeds seeds = Seeds.fresh();
  private final Backend backend = Reference.open();
  private final EagerOps ops = new EagerOps(backend);

  @AfterEach
  void close() {
    ops.close();
    backend.close();
  }

  private Tensor tensor(Operand operand) {
    return ops.external(operand.memory(), operand.spec());
  }

  private double[] run(Op op, Operand... inputs) {
    List<Tensor> tensors = List.of(inputs).stream().map(this::tensor).toList();
    return ops.values(ops.apply(op, tensors).get(0));
  }

  private void check(double[] expected, double[] actual) {
    assertArrayEquals(expected, actual, 1e-13, seeds.toString());
  }

  @Test
  void errorFunctionHasItsKnownValues() {
    // Abramowitz and Stegun 1964, table 7.1, and mpmath for the last three
    double[] x = {0, 0.1, 0.5, 1, 1.5, 2, 2.9, 3.1, 4, -1, 7};
    double[] erf = {
      0,
      0.1124629160182849,
      0.5204998778130465,
      0.8427007929497149,
      0.9661051464753108,
      0.9953222650189527,
      0.9999589021219005,
      0.9999883513426328,
      0.9999999845827421,
      -0.8427007929497149,
      1
    };
    Tensor y = ops.erf(ops.of(TensorSpec.of(DType.F64, x.length), x));
    assertArrayEquals(erf, ops.values(y), 1e-15);
  }

  @Test
  void productsAreSums() {
    Operand a = seeds.normal(DType.F64, 13, 25);
    Operand b = seeds.normal(DType.F64, 6, 25);
    double[] y = new double[13 * 6];
    for (int i = 0; i < 13; i++) {
      for (int j = 0; j < 6; j++) {
        for (int k = 0; k < 25; k++) {
          y[i * 6 + j] += a.values()[i * 25 + k] * b.values()[j * 25 + k];
        }
      }
    }
    check(y, ops.values(ops.matmul(tensor(a), tensor(b), false, true, DType.F64)));
    check(y, ops.values(ops.linear(tensor(a), tensor(b), DType.F64)));
  }

  @Test
  void normsHaveMeanAndVariance() {
    int n = 25;
    Operand x = seeds.normal(DType.F64, 1, n);
    double mean = Arrays.stream(x.values()).average().orElseThrow();
    double squares = Arrays.stream(x.values()).map(v -> v * v).sum() / n;
    Tensor one = ops.fill(1, TensorSpec.of(DType.F64, n));
    Tensor zero = ops.fill(0, TensorSpec.of(DType.F64, n));
    double eps = 0.5f;
    check(
        map(x, v -> (v - mean) / Math.sqrt(squares - mean * mean + eps)),
        ops.values(ops.layerNorm(tensor(x), one, zero, 0.5f, DType.F64)));
    check(
        map(x, v -> v / Math.sqrt(squares + eps)),
        ops.values(ops.rmsNorm(tensor(x), one, 0.5f, DType.F64)));
  }

  private static double[] map(Operand x, DoubleUnaryOperator function) {
    return Arrays.stream(x.values()).map(function).toArray();
  }

  @Test
  void softmaxAndCrossEntropyAgree() {
    int n = 13;
    Operand x = seeds.normal(DType.F64, 2, n);
    double[] p = new double[2 * n];
    double[] losses = new double[2];
    int[] targets = {4, 12};
    for (int r = 0; r < 2; r++) {
      double sum = 0;
      for (int i = 0; i < n; i++) {
        sum += Math.exp(x.values()[r * n + i]);
      }
      for (int i = 0; i < n; i++) {
        p[r * n + i] = Math.exp(x.values()[r * n + i]) / sum;
      }
      losses[r] = -Math.log(p[r * n + targets[r]]);
    }
    check(p, ops.values(ops.softmax(tensor(x))));
    check(losses, ops.values(ops.crossEntropy(tensor(x), ops.ids(Shape.of(2), targets))));
  }

  @Test
  void gatedUnitsAreTheirFormulas() {
    Operand x = seeds.normal(DType.F64, 25);
    double c = Math.sqrt(2 / Math.PI);
    check(
        map(x, v -> v / 2 * (1 + Math.tanh(c * (v + 0.044715 * v * v * v)))),
        ops.values(ops.gelu(tensor(x), true)));
    Tensor silu = ops.swiGlu(tensor(x), ops.fill(1, x.spec()));
    check(map(x, v -> v / (1 + Math.exp(-v))), ops.values(silu));
  }

  @Test
  void attentionIsWrittenOut() {
    int t = 4;
    int s = 6;
    int d = 3;
    Operand q = seeds.normal(DType.F64, 1, t, 2, d);
    Operand k = seeds.normal(DType.F64, 1, s, 1, d);
    Operand v = seeds.normal(DType.F64, 1, s, 1, d);
    int window = 3;
    Attention op = new Attention(0.5f, true, window, 0, false, false, false, 0, 0);
    double[] y = new double[t * 2 * d];
    for (int i = 0; i < t; i++) {
      for (int h = 0; h < 2; h++) {
        int place = s - t + i; // the last query stands at the last key
        double sum = 0;
        double[] row = new double[d];
        for (int j = Math.max(0, place - window + 1); j <= place; j++) {
          double score = 0;
          for (int e = 0; e < d; e++) {
            score += 0.5 * q.values()[(i * 2 + h) * d + e] * k.values()[j * d + e];
          }
          sum += Math.exp(score);
          for (int e = 0; e < d; e++) {
            row[e] += Math.exp(score) * v.values()[j * d + e];
          }
        }
        for (int e = 0; e < d; e++) {
          y[(i * 2 + h) * d + e] = row[e] / sum;
        }
      }
    }
    check(y, run(op, q, k, v));
  }

  @Test
  void randomNumbersAreThoseOfTheCounter() {
    long seed = 0x123456789ABCDEFL; // more bits than a double holds
    Tensor state =
        ops.external(MemorySegment.ofArray(new long[] {seed, 5, 40}), TensorSpec.of(DType.I64, 3));
    double[] y =
        ops.values(ops.apply(new RandomUniform(99, Shape.of(2, 7)), List.of(state)).get(0));
    for (int row = 0; row < 2; row++) {
      for (int e = 0; e < 7; e++) {
        float u = Philox.uniform(Philox.word(seed, 99, 5, 40 + row, e));
        assertEquals(u, y[row * 7 + e], 0.0);
      }
    }
  }

  @Test
  void equalsKeepTheirOrder() {
    Operand x = Operand.of(TensorSpec.of(DType.F32, 6), 2, 1, 2, -0.0, 0, 1);
    assertArrayEquals(new double[] {3, 4, 1, 5, 0, 2}, run(new Sort(), x));
    Tensor indices = ops.apply(new TopK(4), List.of(tensor(x))).get(1);
    assertArrayEquals(new double[] {0, 2, 1, 5}, ops.values(indices));
  }

  @Test
  void bf16RoundsToNearestEven() {
    double[] x = {1 + 0x1p-8, 1 + 0x3p-8, 1 + 0x1p-8 + 0x1p-20, 3.4e38, 0x1p-140};
    double[] y = {1, 1 + 0x1p-6, 1 + 0x1p-7, Double.POSITIVE_INFINITY, 0};
    Tensor rounded = ops.cast(ops.of(TensorSpec.of(DType.F32, x.length), x), DType.BF16);
    assertArrayEquals(y, ops.values(rounded));
  }

  @Test
  void sumsOfManyStayCloseInSinglePrecision() {
    int n = 1 << 20;
    Tensor tenths = ops.fill(0.1, TensorSpec.of(DType.F32, n));
    double sum = ops.values(ops.sum(tenths, 0))[0];
    assertEquals(0.1f * (double) n, sum, 1e-6 * n * 0.1);
  }
}

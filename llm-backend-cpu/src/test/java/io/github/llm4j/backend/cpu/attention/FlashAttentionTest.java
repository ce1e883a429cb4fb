package io.github.llm4j.backend.cpu.attention;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.llm4j.api.backend.Backend;
import io.github.llm4j.api.backend.BackendContext;
import io.github.llm4j.api.op.Attention;
import io.github.llm4j.api.op.AttentionGrad;
import io.github.llm4j.api.tensor.DType;
import io.github.llm4j.api.tensor.Tensor;
import io.github.llm4j.api.tensor.TensorSpec;
import io.github.llm4j.backend.cpu.CpuBackendProvider;
import io.github.llm4j.backend.cpu.CpuSettings;
import io.github.llm4j.backend.cpu.Kernels;
import io.github.llm4j.backend.cpu.product.VectorTiles;
import io.github.llm4j.runtime.eager.EagerOps;
import io.github.llm4j.runtime.worker.WorkerPool;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Blocks of scores against whole score matrices, forward and backward, over awkward shapes. */
class FlashAttentionTest {
  private final WorkerPool workers = new WorkerPool(2);
  private final Backend vector = backend(Kernels.VECTOR);
  private final Backend scalar = backend(Kernels.SCALAR);
  private final EagerOps flash = new EagerOps(vector);
  private final EagerOps whole = new EagerOps(scalar);

  private Backend backend(Kernels kernels) {
    return new CpuBackendProvider()
        .create(CpuSettings.of(kernels), new BackendContext(workers, List.of()));
  }

  @AfterEach
  void close() {
    flash.close();
    whole.close();
    vector.close();
    scalar.close();
    workers.close();
  }

  private record Case(int b, int t, int s, int h, int k, int d) {}

  private static double[] random(Random random, TensorSpec spec) {
    double[] values = new double[(int) spec.shape().elements()];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextInt(-48, 49) / 32.0; // exact in bf16
    }
    return values;
  }

  private void check(Attention op, Case c, DType type, long seed) {
    Random random = new Random(seed);
    TensorSpec q = TensorSpec.of(type, c.b(), c.t(), c.h(), c.d());
    TensorSpec k = TensorSpec.of(type, c.b(), c.s(), c.k(), c.d());
    List<TensorSpec> specs = new ArrayList<>(List.of(q, k, k));
    List<double[]> values = new ArrayList<>();
    specs.forEach(spec -> values.add(random(random, spec)));
    if (op.lengths()) {
      specs.add(TensorSpec.of(DType.I32, c.b()));
      double[] lengths = new double[c.b()];
      for (int i = 0; i < c.b(); i++) {
        lengths[i] = Math.min(c.s(), c.t() + random.nextInt(c.s()));
      }
      values.add(lengths);
    }
    if (op.mask()) {
      specs.add(TensorSpec.of(DType.U8, c.b(), c.s()));
      double[] mask = new double[c.b() * c.s()];
      for (int i = c.s(); i < mask.length; i++) { // all keys of text 0 are masked
        mask[i] = random.nextInt(3) > 0 ? 1 : 0;
      }
      values.add(mask);
    }
    if (op.dropout() > 0) {
      specs.add(TensorSpec.of(DType.I64, 3));
      values.add(new double[] {seed, 7, 3});
    }
    double[] dy = random(random, q);
    List<List<Tensor>> results = new ArrayList<>();
    for (EagerOps ops : List.of(flash, whole)) {
      List<Tensor> in = new ArrayList<>();
      for (int i = 0; i < specs.size(); i++) {
        in.add(ops.of(specs.get(i), values.get(i)));
      }
      List<Tensor> outputs = new ArrayList<>(ops.apply(op, in));
      in.addAll(outputs);
      in.add(ops.of(q, dy));
      outputs.addAll(ops.apply(new AttentionGrad(op), in));
      results.add(outputs);
    }
    double eps = type == DType.BF16 ? 0.03 : 2e-5;
    for (int o = 0; o < 5; o++) {
      double[] found = flash.values(results.get(0).get(o));
      double[] expected = whole.values(results.get(1).get(o));
      for (int i = 0; i < found.length; i++) {
        double bound = eps * (4 + Math.abs(expected[i]));
        assertEquals(
            expected[i],
            found[i],
            bound,
            op + " " + c + " output " + o + " [" + i + "] seed " + seed);
      }
    }
  }

  @Test
  void hasKernelsForThese() {
    TensorSpec q = TensorSpec.of(DType.F32, 1, 2, 3, 4);
    assertTrue(
        new FlashAttention(workers, VectorTiles::new, VectorScoreLoops::new)
            .kernel(Attention.of(1, true), List.of(q, q, q))
            .isPresent());
  }

  @Test
  void equalsWholeScoresOverFlagsSizesAndTypes() {
    Case[] cases = {
      new Case(1, 1, 1, 1, 1, 4),
      new Case(2, 17, 17, 4, 2, 25),
      new Case(2, 70, 70, 2, 2, 16),
      new Case(1, 5, 133, 6, 1, 50),
    };
    long seed = 1;
    for (Case c : cases) {
      for (DType type : List.of(DType.F32, DType.BF16)) {
        for (boolean causal : new boolean[] {false, true}) {
          for (int window : new int[] {0, 9}) {
            for (int bits = 0; bits < 8; bits++) {
              boolean lengths = (bits & 1) != 0;
              boolean mask = (bits & 2) != 0;
              float dropout = (bits & 4) != 0 ? 0.3f : 0;
              check(
                  new Attention(
                      0.4f, causal, window, 0, lengths, mask, false, dropout, dropout > 0 ? 11 : 0),
                  c,
                  type,
                  seed++);
            }
          }
        }
      }
    }
  }
}

package io.github.llm4j.backend.cpu.onednn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.llm4j.api.backend.Availability;
import io.github.llm4j.api.backend.Bindings;
import io.github.llm4j.api.backend.Kernel;
import io.github.llm4j.api.op.Linear;
import io.github.llm4j.api.op.Matmul;
import io.github.llm4j.api.op.Op;
import io.github.llm4j.api.op.Output;
import io.github.llm4j.api.tensor.DType;
import io.github.llm4j.api.tensor.TensorSpec;
import io.github.llm4j.runtime.eager.Values;
import io.github.llm4j.runtime.worker.WorkerPool;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Products by the library against sums in double precision. */
class OneDnnProductsTest {
  private static final WorkerPool WORKERS = new WorkerPool(2);
  private static OneDnnProducts.Loaded loaded =
      new OneDnnProducts.Loaded(Optional.empty(), Availability.unavailable("", ""));

  @BeforeAll
  static void load() {
    loaded = OneDnnProducts.load(WORKERS);
    assumeTrue(loaded.products().isPresent(), loaded.availability().detail());
  }

  @AfterAll
  static void close() {
    WORKERS.close();
  }

  private static double[] random(Random random, TensorSpec spec, MemorySegment memory) {
    double[] values = new double[(int) spec.shape().elements()];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextInt(-64, 65) / 32.0; // exact in bf16
    }
    Values.write(memory, spec, values);
    return values;
  }

  /** Runs the op twice, storing and then adding, and compares with the sums. */
  private static void check(Op op, TensorSpec a, TensorSpec b, int[] mnk, boolean[] transpose) {
    long seed = mnk[0] * 31L + mnk[1] * 17L + mnk[2] + op.hashCode();
    Random random = new Random(seed);
    int m = mnk[0];
    int n = mnk[1];
    int k = mnk[2];
    boolean bias = op instanceof Linear linear && linear.bias();
    try (Arena arena = Arena.ofShared()) {
      List<TensorSpec> specs = new ArrayList<>(List.of(a, b));
      if (bias) {
        specs.add(TensorSpec.of(DType.F32, n));
      }
      List<MemorySegment> memories =
          specs.stream().map(s -> arena.allocate(s.bytes(), 64)).toList();
      double[] x = random(random, a, memories.get(0));
      double[] w = random(random, b, memories.get(1));
      double[] shift = bias ? random(random, specs.get(2), memories.get(2)) : new double[n];
      Output output = op.outputs(specs).get(0);
      MemorySegment y = arena.allocate(output.spec().bytes(), 64);
      Kernel kernel = loaded.products().orElseThrow().kernel(op, specs).orElseThrow();
      assertTrue(kernel.accumulates(0));
      int batch = (int) (output.spec().shape().elements() / m / n);
      MemorySegment workspace = arena.allocate(kernel.workspaceBytes(), 64);
      for (int times = 1; times <= 2; times++) {
        kernel.bind(new Memories(memories, y, workspace, times == 2)).run();
        double[] found = Values.read(y, output.spec());
        double eps = output.spec().dtype() == DType.BF16 ? 0x1p-8 : 0x1p-23;
        for (int i = 0; i < found.length; i++) {
          int at = i / (m * n);
          int row = i / n % m;
          int column = i % n;
          double sum = shift[column];
          for (int j = 0; j < k; j++) {
            int ai = at * m * k + (transpose[0] ? j * m + row : row * k + j);
            int bi = at * k * n + (transpose[1] ? column * k + j : j * n + column);
            sum += x[ai] * w[bi];
          }
          assertEquals(
              times * sum,
              found[i],
              times * eps * (Math.abs(sum) + 4 * Math.sqrt(k)),
              op + " " + specs + " element " + i + " of " + batch + " products, seed " + seed);
        }
      }
    }
  }

  @Test
  void productsOfAllTranspositionsTypesAndAwkwardSizes() {
    int[][] sizes = {
      {1, 1, 1}, {4, 6, 13}, {25, 1, 207}, {207, 25, 6}, {1, 702, 25}, {150, 202, 190}
    };
    for (int[] mnk : sizes) {
      for (int bits = 0; bits < 4; bits++) {
        boolean ta = (bits & 1) != 0;
        boolean tb = (bits & 2) != 0;
        for (DType[] types :
            new DType[][] {
              {DType.F32, DType.F32}, {DType.BF16, DType.F32}, {DType.BF16, DType.BF16}
            }) {
          TensorSpec a =
              ta
                  ? TensorSpec.of(types[0], mnk[2], mnk[0])
                  : TensorSpec.of(types[0], mnk[0], mnk[2]);
          TensorSpec b =
              tb
                  ? TensorSpec.of(types[0], mnk[1], mnk[2])
                  : TensorSpec.of(types[0], mnk[2], mnk[1]);
          check(new Matmul(ta, tb, types[1]), a, b, mnk, new boolean[] {ta, tb});
        }
      }
    }
  }

  @Test
  void batchesAreSplitOverWorkers() {
    TensorSpec a = TensorSpec.of(DType.F32, 3, 5, 70, 64);
    TensorSpec b = TensorSpec.of(DType.F32, 3, 5, 66, 64);
    int[] mnk = {70, 66, 64};
    check(new Matmul(false, true, DType.F32), a, b, mnk, new boolean[] {false, true});
  }

  @Test
  void linearMapsWithBias() {
    for (DType type : List.of(DType.F32, DType.BF16)) {
      for (int[] mnk : new int[][] {{6, 13, 25}, {400, 130, 64}, {2, 4098, 300}}) {
        TensorSpec x = TensorSpec.of(type, 2, mnk[0] / 2, mnk[2]);
        TensorSpec w = TensorSpec.of(type, mnk[1], mnk[2]);
        check(new Linear(true, type), x, w, mnk, new boolean[] {false, true});
      }
    }
  }

  @Test
  void whatTheLibraryLacksIsLeftToOthers() {
    OneDnnProducts products = loaded.products().orElseThrow();
    TensorSpec wide = TensorSpec.of(DType.F64, 4, 4);
    assertTrue(products.kernel(new Matmul(false, false, DType.F64), List.of(wide, wide)).isEmpty());
    TensorSpec empty = TensorSpec.of(DType.F32, 0, 4);
    TensorSpec square = TensorSpec.of(DType.F32, 4, 4);
    assertTrue(
        products.kernel(new Matmul(false, false, DType.F32), List.of(empty, square)).isEmpty());
  }

  private record Memories(
      List<MemorySegment> inputs, MemorySegment y, MemorySegment workspace, boolean adds)
      implements Bindings {
    @Override
    public MemorySegment input(int index) {
      return inputs.get(index);
    }

    @Override
    public MemorySegment output(int index) {
      return y;
    }

    @Override
    public boolean wanted(int index) {
      return true;
    }

    @Override
    public boolean accumulate(int index) {
      return adds;
    }
  }
}
